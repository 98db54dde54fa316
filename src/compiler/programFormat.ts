/** Version of the format in which a compiled world file is written. */
export const PROGRAM_FORMAT = 2;
