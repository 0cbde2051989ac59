/** What a run may reach over the network. Only `wasi:http` reaches anything: raw sockets are always refused. */
export interface NetworkOptions {
  /** False refuses every request. */
  readonly enabled: boolean;
  /** Exact host names, besides what the program's own manifest allows; null for any host. */
  readonly allowHosts: readonly string[] | null;
  /** Whether loopback, private and unique-local addresses may be reached. */
  readonly allowLocal: boolean;
  /** Absolute path of a PEM file with further certificate authorities; null for none. */
  readonly caFile: string | null;
}

/** As the worker has it: every public address of any host. */
export const defaultNetwork: NetworkOptions = {
  enabled: true,
  allowHosts: null,
  allowLocal: false,
  caFile: null,
};

/** Where the answer to a request came from: `none` where the request got to nobody. */
export type AttemptSource = 'network' | 'cassette' | 'mock' | 'none';

/** One request that a program made, or tried to. */
export interface NetworkAttempt {
  /** As the guest named it, in its canonical spelling where it has one. */
  readonly host: string;
  readonly method: string;
  /** Null where no response came. */
  readonly status: number | null;
  /** Of the response's body, as far as they arrived. */
  readonly bytes: number;
  /** Milliseconds to the end of the response's body, or to the failure. */
  readonly ms: number;
  /** Whether the policy let it out; a request that it let out can still fail. */
  readonly allowed: boolean;
  /** Why it was refused or failed; null where it did neither. */
  readonly reason: string | null;
  readonly source: AttemptSource;
}
