import { isRecord } from '../../../../shared/shapes.ts';
import { CallLimit } from '../callLimit.ts';

const mostCalls = 100;

/** What came back to a POST of JSON. */
export interface Posted {
  readonly status: number;
  readonly body: string;
}

/** Sends a body of JSON to the configured server, and waits for its response; throws where there is none. */
export type PostJson = (body: string) => Posted;

/** A JSON-RPC answer, whole: what is in it, `result` or `error`, is the program's to see. */
export type RpcAnswer = Readonly<Record<string, unknown>>;

/** A NEAR RPC server, of which a run may ask so much. */
export class RpcClient {
  readonly #post: PostJson;
  readonly #limit = new CallLimit('RPC', mostCalls);

  constructor(post: PostJson) {
    this.#post = post;
  }

  /**
   * One request. An answer that is an error is an answer.
   *
   * @returns the answer's text as it came, and what it says
   * @throws Error for a request that is one too many, or that gets no answer
   */
  ask(method: string, params: unknown): { readonly text: string; readonly answer: RpcAnswer } {
    const refusal = this.#limit.take();
    if (refusal !== null) throw new Error(refusal);
    let posted: Posted;
    try {
      posted = this.#post(JSON.stringify({ jsonrpc: '2.0', id: 'proxy', method, params }));
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'HttpFailureError') throw error;
      throw new Error(`Failed to send RPC request: ${error.message}`, { cause: error });
    }
    const { status, body } = posted;
    if (status < 200 || status > 299) throw new Error(`RPC returned status ${status}: ${body}`);
    const answer = parse(body);
    if (answer === null) throw new Error('Failed to parse RPC response');
    return { text: body, answer };
  }
}

function parse(text: string): RpcAnswer | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}
