import { wholeCharacters } from '../../shared/text.ts';
import { el } from '../dom.ts';

/** UTF-16 units after which a new block begins at the next line: small enough to lay out in a blink. */
const blockLength = 16_384;
/** Units of a line after which it goes on in a new block all the same. */
const longestBlock = 4 * blockLength;

/**
 * Text that grows. It is kept in blocks of whole lines, which the browser lays out only where they can be seen, so
 * that adding to a long text costs no more than adding to a short one.
 */
export function textBlocks(): { element: HTMLElement; append(text: string): void; clear(): void } {
  const element = el('div', { class: 'blocks' });
  let block: Text | undefined;
  const newBlock = (text: string) => {
    block = document.createTextNode(text);
    element.append(el('div', { class: 'block' }, block));
  };
  return {
    element,
    append(text) {
      if (text === '') return;
      if (block === undefined) newBlock(text);
      else block.appendData(text);
      while (block!.length > blockLength) {
        const end = block!.data.indexOf('\n', blockLength);
        if (end === -1 && block!.length < longestBlock) return;
        const inLine = end === -1 || end > longestBlock;
        const at = inLine ? wholeCharacters(block!.data, longestBlock) : end;
        // The end of a block ends the line.
        const rest = block!.data.slice(inLine ? at : at + 1);
        block!.deleteData(at, block!.length - at);
        newBlock(rest);
      }
    },
    clear() {
      element.replaceChildren();
      block = undefined;
    },
  };
}
