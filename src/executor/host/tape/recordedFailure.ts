import type { RecordedFailure } from '../../../shared/cassette.ts';
import { errorCode } from '../http/errorCode.ts';
import type { HttpFailure } from '../http/failure.ts';
import type { Redactor } from './redactor.ts';

export function recordFailure(failure: HttpFailure, redactor: Redactor): RecordedFailure {
  const { code, reason, refused, timedOut } = failure;
  const { val: detail } = code as { readonly val?: unknown };
  return {
    code: code.tag,
    ...(typeof detail === 'string' && { detail: redactor.text(detail) }),
    ...((typeof detail === 'bigint' || typeof detail === 'number') && { detail: Number(detail) }),
    reason: redactor.text(reason),
    ...(refused && { refused }),
    ...(timedOut && { timedOut }),
  };
}

export function failureOf(recorded: RecordedFailure, redactor: Redactor): HttpFailure {
  const { code, detail, reason, refused, timedOut } = recorded;
  return {
    code: errorCode(code, typeof detail === 'string' ? redactor.restoreText(detail) : detail),
    reason: redactor.restoreText(reason),
    ...(refused && { refused }),
    ...(timedOut && { timedOut }),
  };
}
