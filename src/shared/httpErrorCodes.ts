/** What an `error-code` of wasi:http 0.2 carries: nothing, optional text, an optional number, or a record of options. */
type Payload = 'none' | 'text' | 'u32' | 'u64' | 'record';

/** Every `error-code` of wasi:http 0.2, by the name that it has in WIT. */
export const httpErrorCodes = {
  'DNS-timeout': 'none',
  'DNS-error': 'record',
  'destination-not-found': 'none',
  'destination-unavailable': 'none',
  'destination-IP-prohibited': 'none',
  'destination-IP-unroutable': 'none',
  'connection-refused': 'none',
  'connection-terminated': 'none',
  'connection-timeout': 'none',
  'connection-read-timeout': 'none',
  'connection-write-timeout': 'none',
  'connection-limit-reached': 'none',
  'TLS-protocol-error': 'none',
  'TLS-certificate-error': 'none',
  'TLS-alert-received': 'record',
  'HTTP-request-denied': 'none',
  'HTTP-request-length-required': 'none',
  'HTTP-request-body-size': 'u64',
  'HTTP-request-method-invalid': 'none',
  'HTTP-request-URI-invalid': 'none',
  'HTTP-request-URI-too-long': 'none',
  'HTTP-request-header-section-size': 'u32',
  'HTTP-request-header-size': 'record',
  'HTTP-request-trailer-section-size': 'u32',
  'HTTP-request-trailer-size': 'record',
  'HTTP-response-incomplete': 'none',
  'HTTP-response-header-section-size': 'u32',
  'HTTP-response-header-size': 'record',
  'HTTP-response-body-size': 'u64',
  'HTTP-response-trailer-section-size': 'u32',
  'HTTP-response-trailer-size': 'record',
  'HTTP-response-transfer-coding': 'text',
  'HTTP-response-content-coding': 'text',
  'HTTP-response-timeout': 'none',
  'HTTP-upgrade-failed': 'none',
  'HTTP-protocol-error': 'none',
  'loop-detected': 'none',
  'configuration-error': 'none',
  'internal-error': 'text',
} as const satisfies Record<string, Payload>;

export type HttpErrorName = keyof typeof httpErrorCodes;

export const httpErrorNames = Object.keys(httpErrorCodes) as readonly HttpErrorName[];
