// What src/compiler/emitAssemblyScript.ts writes for each world: numbers that are known before it runs.

/** Values in a record of each class. */
export declare const USER_VALUES: i32;
export declare const DOCUMENT_VALUES: i32;
export declare const RESPONSE_VALUES: i32;
export declare const METRIC_VALUES: i32;
/** Numbers of a state in the digest. */
export declare const STATE_NUMBERS: i32;
/** Rows of draws. */
export declare const DRAW_ROWS: i32;
/** In the order of CHOICE_MODELS in src/compiler/choiceNumbers.ts. */
export declare const CHOICE_MODEL: i32;
/** Whether candidates are drawn once, for each user or for all of them; else they are drawn anew at every step. */
export declare const CANDIDATES_STAY: bool;
/** Whether all users share their candidates, which then stay. */
export declare const ONE_CORPUS: bool;
/** u8[METRIC_VALUES]: whether a metric has a series. */
export declare const METRIC_SERIES: usize;
/** Whether an episode may end before its time. */
export declare const MAY_END: bool;
/** The parameters, eight bytes each. */
export declare const PARAMETERS: usize;
