/**
 * What the OutLayer worker asks for a run, by its two ways of paying (worker.md). On chain in yoctoNEAR, which are too
 * large for a JavaScript number and so are texts of decimal digits here; over HTTPS in micro-USD.
 */
export interface PriceConstants {
  readonly near: {
    /** yoctoNEAR of any run. */
    readonly base: string;
    /** yoctoNEAR of each whole million of instructions. */
    readonly perMillionInstructions: string;
    /** yoctoNEAR of each millisecond of running. */
    readonly perMs: string;
    /** yoctoNEAR of each millisecond of compiling. */
    readonly perCompileMs: string;
  };
  readonly https: {
    /** micro-USD of any run. */
    readonly base: number;
    readonly perMillionInstructions: number;
    readonly perSecond: number;
    readonly perCompileMs: number;
  };
}

export interface Price {
  /** Decimal digits. */
  readonly yoctoNear: string;
  readonly microUsd: number;
}

/** The constants that differ from the initial ones. */
export interface PriceSettings {
  readonly near?: Partial<PriceConstants['near']>;
  readonly https?: Partial<PriceConstants['https']>;
}
