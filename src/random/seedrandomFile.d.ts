/** The one file of seedrandom that needs no other. */
declare module "seedrandom/seedrandom.js" {
  const seedrandom: ((key: string) => { int32(): number }) | undefined;
  export default seedrandom;
}
