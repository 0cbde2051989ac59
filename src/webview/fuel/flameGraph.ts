import { shortName } from '../../profile/shortName.ts';
import { isStartup } from '../../profile/startup.ts';
import type { PanelProfile } from '../../shared/panelProfile.ts';
import type { PanelContext } from '../component.ts';
import { button, el, setText } from '../dom.ts';
import { CallLayout, type PlacedFrame, type Weight } from './callLayout.ts';
import type { FuelPart } from './fuelPart.ts';

const rowHeight = 20;
/** Pixels from which a frame has room for a name. */
const narrowestLabel = 28;

/**
 * Who called whom, the outermost at the top; a frame is as wide as what it cost with all that it called. A click
 * zooms to a frame, and Escape goes back. What runs before the program's own code, nearly as wide as all of it, is folded
 * into one frame until that is clicked. The arrow keys walk the tree, of which assistive technology hears one frame
 * at a time.
 */
export function flameGraph({ formats, request }: PanelContext): FuelPart {
  let profile: PanelProfile | undefined;
  let layout: CallLayout | undefined;
  let weight: Weight = 'fuel';
  let startupShown = false;
  let zoomed = -1;
  let selected = -1;
  let matches: ReadonlySet<number> | null = null;
  let placed: PlacedFrame[] = [];
  const frames: HTMLElement[] = [];
  /** How many of them are in use. */
  let shownFrames = 0;

  const canvas = el('div', {
    class: 'flame-frames',
    attributes: { role: 'tree', tabindex: '0', 'aria-label': 'Flame graph: calls, by what they cost' },
  });
  const name = el('p', { class: 'function' });
  const place = button('', null, () => openSource(), 'link');
  const costs = el('span', { class: 'costs' });
  const reset = button('Zoom Out', 'zoom-out', () => zoomTo(-1));
  const byCalls = button('By Calls', null, () => setWeight(weight === 'fuel' ? 'calls' : 'fuel'));
  const startup = button('Startup', null, () => showStartup(!startupShown));
  startup.title = 'Frames that lead to the program’s own code';
  byCalls.title = 'Widths say how often functions were called, not what they cost';
  const details = el(
    'div',
    { class: 'flame-details' },
    el('div', { attributes: { role: 'status' } }, name, el('p', {}, costs, ' ', place)),
    el('div', { class: 'buttons' }, startup, byCalls, reset),
  );
  const element = el('div', { class: 'flame' }, details, el('div', { class: 'scroller' }, canvas));

  new ResizeObserver(() => draw()).observe(canvas);
  canvas.addEventListener('click', (event) => {
    const node = nodeAt(event.target);
    if (node === undefined) return;
    if (event.ctrlKey || event.metaKey) {
      select(node);
      openSource();
      return;
    }
    selected = node;
    activate(node);
  });
  canvas.addEventListener('mouseover', ({ target }) => describe(nodeAt(target) ?? selected));
  canvas.addEventListener('mouseleave', () => describe(selected));
  canvas.addEventListener('keydown', onKey);

  function nodeAt(target: EventTarget | null): number | undefined {
    const at =
      target instanceof Element ? target.closest<HTMLElement>('.flame-frame')?.dataset['at'] : undefined;
    return at === undefined ? undefined : placed[Number(at)]?.node;
  }

  function setWeight(next: Weight): void {
    weight = next;
    byCalls.setAttribute('aria-pressed', String(weight === 'calls'));
    layOut();
    zoomTo(-1);
  }

  function layOut(): void {
    if (!profile) return;
    const { functions, tree } = profile;
    const folds = new CallLayout(tree, weight, (node) => isStartup(functions[tree.functions[node]!]!));
    startup.hidden = !folds.hasFolds;
    startup.setAttribute('aria-pressed', String(startupShown));
    layout = startupShown ? new CallLayout(tree, weight) : folds;
  }

  function showStartup(shown: boolean): void {
    startupShown = shown;
    selected = -1;
    layOut();
    zoomTo(-1);
  }

  /** Unfolds a frame that stands for several, and zooms to any other, or back. */
  function activate(node: number): void {
    if (isFold(node)) {
      showStartup(true);
      select(node);
    } else zoomTo(node === zoomed ? -1 : node);
  }

  function isFold(node: number): boolean {
    return node >= 0 && layout !== undefined && layout.folded(node).length > 1;
  }

  function nameOf(node: number): string {
    return isFold(node)
      ? `startup (${layout!.folded(node).length} frames)`
      : profile!.functions[layout!.tree.functions[node]!]!.name;
  }

  function zoomTo(node: number): void {
    zoomed = node;
    draw();
    describe(selected);
  }

  function select(node: number): void {
    selected = node;
    mark();
    describe(node);
  }

  function openSource(): void {
    const index = profile?.tree.functions[selected];
    if (profile && index !== undefined && !isFold(selected))
      request({ type: 'openSource', id: profile.id, of: 'function', index });
  }

  function onKey(event: KeyboardEvent): void {
    if (layout === undefined) return;
    const moves: Readonly<Record<string, () => number | undefined>> = {
      ArrowDown: () => layout!.children(selected)[0],
      ArrowUp: () => (selected < 0 ? undefined : layout!.parents[selected]),
      ArrowRight: () => sibling(1),
      ArrowLeft: () => sibling(-1),
      Home: () => layout!.children(-1)[0],
    };
    const acts: Readonly<Record<string, () => void>> = {
      Enter: () => (event.ctrlKey || event.metaKey ? openSource() : activate(selected)),
      ' ': () => openSource(),
      Escape: () => zoomTo(zoomed < 0 ? -1 : layout!.parents[zoomed]!),
    };
    const move = moves[event.key];
    const act = acts[event.key];
    if (move === undefined && act === undefined) return;
    event.preventDefault();
    act?.();
    const node = move?.();
    if (node === undefined || node < 0) return;
    if (!placed.some((frame) => frame.node === node)) zoomTo(layout.parents[node]!);
    select(node);
    frames[placed.findIndex((frame) => frame.node === node)]?.scrollIntoView({ block: 'nearest' });
  }

  function sibling(step: number): number | undefined {
    if (selected < 0) return layout!.children(-1)[0];
    const among = layout!.children(layout!.parents[selected]!);
    return among[among.indexOf(selected) + step];
  }

  /** Frames are kept and moved: making thousands anew at each zoom would take the time. */
  function draw(): void {
    if (!profile || !layout || canvas.clientWidth === 0) return;
    placed = layout.place(zoomed, canvas.clientWidth);
    while (frames.length < placed.length) {
      frames.push(el('div', { attributes: { role: 'treeitem' } }));
      canvas.append(frames.at(-1)!);
    }
    let rows = 1;
    for (let at = placed.length; at < shownFrames; at++) frames[at]!.hidden = true;
    placed.forEach(({ node, row, left, width }, at) => {
      const frame = frames[at]!;
      const called = shortName(nameOf(node));
      frame.hidden = false;
      frame.dataset['at'] = String(at);
      frame.id = `frame-${node}`;
      // In one go, which is read once.
      frame.style.cssText = `left:${left.toFixed(1)}px;top:${row * rowHeight}px;width:${Math.max(1, width - 1).toFixed(1)}px`;
      setText(frame, width < narrowestLabel ? '' : called);
      frame.setAttribute('aria-level', String(row + 1));
      frame.setAttribute('aria-label', called);
      rows = Math.max(rows, row + 1);
    });
    shownFrames = placed.length;
    canvas.style.height = `${rows * rowHeight}px`;
    reset.disabled = zoomed < 0;
    mark();
  }

  /** Says what is selected and found. Only the selected frame is heard, so only its label has numbers, which take time. */
  function mark(): void {
    canvas.removeAttribute('aria-activedescendant');
    const { functions } = profile!;
    placed.forEach(({ node, above }, at) => {
      const frame = frames[at]!;
      const index = layout!.tree.functions[node]!;
      const { origin } = functions[index]!;
      const isOther = !isFound(node);
      const isSelected = node === selected;
      const kind = `flame-frame ${origin}${above ? ' above' : ''}${isOther ? ' other' : ''}${isSelected ? ' selected' : ''}`;
      if (frame.className !== kind) frame.className = kind;
      if (!isSelected) {
        if (frame.ariaSelected !== null) {
          frame.removeAttribute('aria-selected');
          frame.setAttribute('aria-label', shortName(nameOf(node)));
        }
        return;
      }
      frame.setAttribute('aria-selected', 'true');
      const whole = nameOf(node);
      const called = shortName(whole);
      const unshortened = whole === called ? '' : `; ${whole}`;
      frame.setAttribute('aria-label', `${called}: ${costOf(node)}${unshortened}`);
      canvas.setAttribute('aria-activedescendant', frame.id);
    });
  }

  function isFound(node: number): boolean {
    return (
      matches === null || layout!.folded(node).some((each) => matches!.has(layout!.tree.functions[each]!))
    );
  }

  function costOf(node: number): string {
    if (!layout) return '';
    const total = layout.totals[node]!;
    const share = formats.percent(layout.all === 0 ? 0 : total / layout.all);
    if (weight === 'calls') return `${formats.exact(total)} calls, ${share}`;
    const { calls } = layout.tree;
    const isInlined = calls[node] === 0 && profile!.functions[layout.tree.functions[node]!]!.isInlined;
    const called = isInlined ? 'inlined' : `${formats.exact(calls[node]!)} calls`;
    return `${formats.exact(total)} fuel, ${share}; ${formats.exact(layout.self(node))} of its own, ${called}`;
  }

  function describe(node: number): void {
    const of = profile?.functions[profile.tree.functions[node] ?? -1];
    const idle = 'Click a frame to zoom to it; Ctrl+click opens its source.';
    const unfolds = isFold(node) ? ', a click unfolds them:' : '';
    setText(name, of === undefined ? idle : `${nameOf(node)}${unfolds}`);
    name.title = of?.name ?? '';
    name.classList.toggle('hint', of === undefined);
    setText(costs, of === undefined ? '' : costOf(node));
    const at = isFold(node) ? null : of?.place;
    setText(place.querySelector('span')!, at ?? '');
    place.hidden = at == null;
  }

  return {
    element,
    show(next) {
      profile = next;
      startupShown = false;
      layOut();
      zoomed = selected = -1;
      placed = [];
      draw();
      describe(-1);
    },
    search(found) {
      matches = found;
      if (profile) mark();
    },
    shown: draw,
  };
}
