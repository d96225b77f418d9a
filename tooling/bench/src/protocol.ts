import type { Update } from "./workloads.ts";

// What is said to a system's process, a line of JSON each way: requests on stdin, replies on stdout.

/** A matrix of inputs and the class of each row, as files of raw numbers. */
export interface Part {
  /** uint8 pixels, to be divided by 255; or float32 as they are. Row-major. */
  readonly x: string;
  readonly kind: "uint8" | "float32";
  readonly rows: number;
  readonly columns: number;
  /** int32. */
  readonly y: string;
}

/** Everything that a system needs to begin as all others do. */
export interface Task {
  readonly widths: readonly number[];
  readonly batch: number;
  readonly update: Update;
  readonly train: Part;
  readonly test: Part;
  /** int32: which rows make the mini-batches, one after another; read from the start again at its end. */
  readonly order: string;
  /** float32: W [out, in] and b [out] of each layer, one after another. */
  readonly weights: string;
}

/** What a process can be asked. */
export type Request =
  /** Read the data and build the network. */
  | { readonly op: "load"; readonly task: Task }
  /** The counts of steps to come are multiples of this one. */
  | { readonly op: "prepare"; readonly steps: number }
  /** Train so many steps further. */
  | { readonly op: "steps"; readonly steps: number }
  /** The mean cross-entropy of the first rows of the test part. */
  | { readonly op: "loss"; readonly rows: number }
  /** Predict the first rows of the test part so many times. */
  | { readonly op: "predict"; readonly rows: number; readonly calls: number }
  /** Sizes in bytes. */
  | { readonly op: "memory" }
  /** Train so many steps further, and tell where the time went: a profile's driver can. */
  | { readonly op: "profile"; readonly steps: number };

/** A part of the steps of a profile: all calls of one product, or of one kind of kernel. */
export interface ProfilePart {
  /** A product's layout and its m, n and k, or what it does in words. */
  readonly name: string;
  readonly calls: number;
  readonly seconds: number;
  /** Multiplications and additions, of zeros as well; 0 where they do not matter. */
  readonly operations: number;
  /** Read and written, each operand once; 0 where it is not known. */
  readonly bytes: number;
  /** Seconds of one call before it multiplies, at least, worked out. */
  readonly packing?: number;
}

/** Where the time of some steps went. */
export interface Profile {
  readonly steps: number;
  readonly seconds: number;
  readonly parts: readonly ProfilePart[];
  /** What the machine reaches a second. */
  readonly peak: { readonly operations: number; readonly bytes: number };
}

/** What it answers. Seconds are measured by the process itself, around the work alone. */
export interface Replies {
  readonly load: {
    /** Reading and converting the data. */
    readonly dataSeconds: number;
    /** Library, version, what multiplies the matrices, threads. */
    readonly about: Readonly<Record<string, string>>;
  };
  readonly prepare: object;
  readonly steps: { readonly seconds: number };
  readonly loss: { readonly loss: number };
  readonly predict: { readonly seconds: number };
  readonly memory: {
    /** Resident once the data were read, before there was a network. */
    readonly data: number;
    /** The most that was ever resident. */
    readonly peak: number;
  };
  readonly profile: Profile;
}

/** The reply to such a request. */
export type Reply<R extends Request> = Replies[R["op"]];

/** Asks a system; what the harness is handed in tests as in earnest. */
export type Ask = <R extends Request>(request: R) => Promise<Reply<R>>;
