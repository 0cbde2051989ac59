import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { base58 } from '@scure/base';
import type { WalletOptions } from '../../../shared/outlayer.ts';
import { CallLimit } from './callLimit.ts';
import { uuidOf } from './environment.ts';
import type { Ledger, Pot } from './ledger.ts';
import { publicBytes } from './localKey.ts';

const mostCalls = 50;

type Answer = [result: string, error: string];

/** Refused, in the worker's words: `code: message[ terminal=…][ in_flight_request_id=…]`. */
class Refused extends Error {}

/**
 * `outlayer:wallet/api@0.1.0`, on books of this machine: nothing leaves it, and what is asked for is done at once.
 *
 * @param privateKey Ed25519; the wallet's identity
 */
export function wallet(
  options: WalletOptions,
  ledger: Ledger,
  privateKey: () => KeyObject,
): Record<string, unknown> {
  const limit = new CallLimit('Wallet', mostCalls);
  const publicKey = () => publicBytes(createPublicKey(privateKey()));
  const id = () => `ed25519:${base58.encode(publicKey())}`;

  /** One call that counts. */
  function answer(work: () => unknown): Answer {
    const refusal = limit.take();
    if (refusal !== null) return ['', refusal];
    try {
      return [JSON.stringify(work()), ''];
    } catch (error) {
      if (error instanceof Refused) return ['', error.message];
      throw error;
    }
  }

  /** Everything that moves tokens: checked, booked and recorded as one. */
  function move(work: () => Readonly<Record<string, unknown>>): Answer {
    return answer(() => {
      refuseByState(options);
      return ledger.transaction(() => ledger.record(work()));
    });
  }

  function take(pot: Pot, token: string, amount: bigint): void {
    const most = options.limits?.[token];
    if (most !== undefined && amount > BigInt(most)) {
      throw new Refused(`policy_denied: amount ${amount} is above the limit of ${most} per request`);
    }
    const has = ledger.balance(pot, token);
    if (has < amount) {
      const where = pot === 'intents' ? ' in the intents balance' : '';
      throw new Refused(`insufficient_balance: ${has} of ${token}${where}, ${amount} needed`);
    }
    ledger.add(pot, token, -amount);
  }

  function pay(to: string): void {
    if (options.recipients === undefined || options.recipients.includes(to)) return;
    throw new Refused(`policy_denied: ${to} is not among the recipients of the wallet`);
  }

  function withdrawal(chain: string, to: string, amount: string, token: string) {
    required(chain !== '' && to !== '' && amount !== '', 'chain, to, and amount are required');
    pay(to);
    take('intents', tokenOf(token), amountOf(amount));
    return { type: 'withdraw', chain, to, amount, token: tokenOf(token) };
  }

  return {
    getId: (): Answer => [id(), ''],

    getAddress: (chain: string): Answer =>
      answer(() => {
        required(chain !== '', 'chain parameter is required');
        return { address: addressOn(chain, publicKey()), public_key: id() };
      }),

    withdraw: (chain: string, to: string, amount: string, token: string): Answer =>
      move(() => withdrawal(chain, to, amount, token)),

    withdrawDryRun: (chain: string, to: string, amount: string, token: string): Answer =>
      answer(() => {
        try {
          refuseByState(options);
          ledger.transaction(() => {
            withdrawal(chain, to, amount, token);
            throw new Undone();
          });
        } catch (error) {
          if (error instanceof Refused && isRefusal(error.message)) {
            return { would_succeed: false, reason: error.message, estimated_fee: '0' };
          }
          if (!(error instanceof Undone)) throw error;
        }
        return { would_succeed: true, reason: null, estimated_fee: '0' };
      }),

    getRequestStatus(requestId: string): Answer {
      const [, error] = answer(() => required(requestId !== '', 'request_id is required'));
      if (error !== '') return ['', error];
      const status = ledger.request(requestId);
      return status === undefined ? ['', `not_found: no request ${requestId}`] : [status, ''];
    },

    listTokens: (): Answer =>
      answer(() => ({
        tokens: ledger
          .tokens()
          .map((token) => ({ id: token, symbol: token.toUpperCase(), chains: ['near'] })),
      })),

    transfer: (chain: string, to: string, amount: string): Answer =>
      move(() => {
        required(to !== '' && amount !== '', 'to and amount are required');
        onlyNear(chain);
        pay(to);
        take('account', 'near', amountOf(amount));
        return { type: 'transfer', chain: 'near', to, amount, tx_hash: hashOf(`${to} ${amount}`) };
      }),

    getBalance: (chain: string, token: string): Answer =>
      answer(() => {
        onlyNear(chain);
        const name = tokenOf(token);
        return {
          balance: ledger.balance('account', name).toString(),
          token: name,
          account_id: addressOn('near', publicKey()),
        };
      }),

    intentsDeposit: (token: string, amount: string): Answer =>
      move(() => {
        required(token !== '' && amount !== '', 'token and amount are required');
        const [name, units] = [tokenOf(token), amountOf(amount)];
        take('account', name, units);
        ledger.add('intents', name, units);
        return { type: 'deposit', token: name, amount, tx_hash: hashOf(`${name} ${amount}`) };
      }),

    swap: (tokenIn: string, tokenOut: string, amountIn: string, minAmountOut: string): Answer =>
      move(() => {
        required(
          tokenIn !== '' && tokenOut !== '' && amountIn !== '',
          'token_in, token_out, and amount_in are required',
        );
        const [from, to, units] = [tokenOf(tokenIn), tokenOf(tokenOut), amountOf(amountIn)];
        const out = atRate(units, options.rates?.[`${from}>${to}`] ?? 1);
        if (minAmountOut !== '' && out < amountOf(minAmountOut)) {
          throw new Refused(`slippage: ${out} of ${to} is below the minimum of ${minAmountOut}`);
        }
        take('account', from, units);
        ledger.add('account', to, out);
        return {
          type: 'swap',
          token_in: from,
          token_out: to,
          amount_in: amountIn,
          amount_out: out.toString(),
          intent_hash: hashOf(`${from} ${to} ${amountIn}`),
        };
      }),
  };
}

/** Ends a transaction of which nothing is to stay. */
class Undone extends Error {}

/** Whether it is the wallet that refuses, rather than the request that makes no sense. */
const isRefusal = (message: string): boolean => /^[a-z_]+: /.test(message);

function required(given: boolean, message: string): void {
  if (!given) throw new Refused(message);
}

function refuseByState({ state = 'open' }: WalletOptions): void {
  switch (state) {
    case 'open':
      return;
    case 'busy':
      throw new Refused(
        `wallet_busy: another operation is in flight in_flight_request_id=${uuidOf('in flight')}`,
      );
    case 'frozen':
      throw new Refused('wallet_frozen: the wallet is frozen by its owner');
    case 'disconnected':
      throw new Refused('agent_connect_denied: the agent is not connected to this wallet terminal=true');
  }
}

/** The native token has no name of its own on the worker; assets of NEAR Intents have a prefix. */
function tokenOf(token: string): string {
  return token === '' ? 'near' : token.replace(/^nep141:/, '');
}

function amountOf(text: string): bigint {
  required(/^\d+$/.test(text), `invalid amount "${text}"`);
  const amount = BigInt(text);
  required(amount > 0n, 'amount must be positive');
  return amount;
}

function onlyNear(chain: string): void {
  required(chain === '' || chain === 'near', `unsupported chain "${chain}"`);
}

/** `amount * rate`, cut to whole units, with fifteen digits of the rate. */
function atRate(amount: bigint, rate: number): bigint {
  const [digits = '', exponent = '0'] = rate.toExponential(14).split('e');
  const scaled = amount * BigInt(digits.replace('.', ''));
  const shift = Number(exponent) - 14;
  return shift >= 0 ? scaled * 10n ** BigInt(shift) : scaled / 10n ** BigInt(-shift);
}

/** NEAR's implicit account of the key, else made up from it. */
function addressOn(chain: string, key: Buffer): string {
  if (chain === 'near') return key.toString('hex');
  if (chain === 'solana') return base58.encode(key);
  return `0x${createHash('sha256').update(chain).update(key).digest('hex').slice(0, 40)}`;
}

function hashOf(text: string): string {
  return base58.encode(createHash('sha256').update(text).digest());
}
