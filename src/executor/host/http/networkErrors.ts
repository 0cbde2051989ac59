import type { ErrorCode } from '@bytecodealliance/preview2-shim/interfaces/wasi-http-types';
import { failed, type HttpFailure, HttpFailureError } from './failure.ts';

/** The interface's codes for those of Node.js and undici. */
const codes: Readonly<Record<string, ErrorCode>> = {
  ECONNREFUSED: { tag: 'connection-refused' },
  ECONNRESET: { tag: 'connection-terminated' },
  EPIPE: { tag: 'connection-terminated' },
  UND_ERR_SOCKET: { tag: 'connection-terminated' },
  EHOSTUNREACH: { tag: 'destination-IP-unroutable' },
  ENETUNREACH: { tag: 'destination-IP-unroutable' },
  EADDRNOTAVAIL: { tag: 'destination-unavailable' },
  ETIMEDOUT: { tag: 'connection-timeout' },
  UND_ERR_CONNECT_TIMEOUT: { tag: 'connection-timeout' },
  UND_ERR_HEADERS_TIMEOUT: { tag: 'connection-read-timeout' },
  UND_ERR_BODY_TIMEOUT: { tag: 'connection-read-timeout' },
  HPE_HEADER_OVERFLOW: { tag: 'HTTP-response-header-section-size', val: undefined },
  UND_ERR_HEADERS_OVERFLOW: { tag: 'HTTP-response-header-section-size', val: undefined },
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: { tag: 'HTTP-request-body-size', val: undefined },
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: { tag: 'HTTP-response-incomplete' },
};

/** OpenSSL's verdicts on a certificate, as Node.js names them. */
const certificate =
  /^(CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_|INVALID_CA$|INVALID_PURPOSE$|HOSTNAME_MISMATCH$|PATH_LENGTH_)/;

/** What a request failed with; `begun` where its response had begun. */
export function networkFailure(error: unknown, begun: boolean): HttpFailure {
  if (error instanceof HttpFailureError) return error.failure;
  const { code = '', message, name } = error as Error & { code?: string };
  const reason = code === '' || message.includes(code) ? message : `${message} (${code})`;
  if (begun && /^(UND_ERR_SOCKET|ECONNRESET|HPE_INVALID_EOF_STATE)$/.test(code)) {
    return failed({ tag: 'HTTP-response-incomplete' }, reason);
  }
  const known = codes[code];
  if (known !== undefined) return failed(known, reason);
  if (certificate.test(code)) return failed({ tag: 'TLS-certificate-error' }, reason);
  if (/^(ERR_SSL_|ERR_TLS_|EPROTO)/.test(code)) return failed({ tag: 'TLS-protocol-error' }, reason);
  if (name === 'HTTPParserError' || code.startsWith('HPE_'))
    return failed({ tag: 'HTTP-protocol-error' }, reason);
  return failed({ tag: 'internal-error', val: reason }, reason);
}
