import { type ParseError, printParseErrorCode } from 'jsonc-parser';

/** By the parser's names of them, which are none for users. */
const words: Readonly<Record<string, string>> = {
  InvalidSymbol: 'only numbers, true, false and null stand without quotes',
  InvalidNumberFormat: 'a number is not written like this',
  PropertyNameExpected: 'a name in double quotes is missing',
  ValueExpected: 'a value is missing',
  ColonExpected: 'a : is missing before the value',
  CommaExpected: 'a , is missing before this',
  CloseBraceExpected: 'a } is missing',
  CloseBracketExpected: 'a ] is missing',
  EndOfFileExpected: 'this stands behind the end of the value',
  InvalidCommentToken: 'a comment begins with // or /*',
  UnexpectedEndOfComment: 'this comment is never closed',
  UnexpectedEndOfString: 'this text lacks its closing quote',
  UnexpectedEndOfNumber: 'this number lacks its end',
  InvalidUnicode: 'four hexadecimal digits have to follow \\u',
  InvalidEscapeCharacter:
    'a backslash before this character means nothing in JSON: write \\\\ for a backslash',
  InvalidCharacter: 'a control character stands here: write it as \\n, \\t or \\u',
};

/** Why a text is no JSON, as a sentence. */
export function brokenJson({ error }: ParseError): string {
  return `This is no JSON: ${words[printParseErrorCode(error)] ?? 'the file can’t be read from here on'}.`;
}
