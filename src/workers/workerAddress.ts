/** Returns the error in the option `workerUrl`; Node and the browser have one implementation each, under the name `#workerAddress`. */
export type WorkerUrlMistake = (url: unknown) => string | undefined;
