import { formatNear, formatUsd } from '../../executor/outcome/price.ts';
import type { PanelProfile, WorkerBuild } from '../../shared/panelProfile.ts';
import type { PanelContext } from '../component.ts';
import { button, el, setText } from '../dom.ts';

/** What the worker's build of the profiled program would cost, on request: building and running it takes a while. */
export function workerBuild({ formats, request }: PanelContext) {
  let profile: PanelProfile | undefined;
  const text = el('span', { attributes: { role: 'status' } });
  const compare = button('Compare with the Worker’s Build', 'server', () => {
    if (profile === undefined) return;
    compare.disabled = true;
    setText(text, 'Building it as the OutLayer worker does.');
    request({ type: 'workerBuild', id: profile.id });
  });
  const element = el('p', { class: 'worker-build' }, compare, text);

  function words({ fuel, bytes, bytesBefore, optimiser, price }: WorkerBuild): string {
    const saved = changed(profile!.fuel, fuel);
    const size = bytesBefore === null ? '' : `, ${changed(bytesBefore, bytes)} bytes`;
    const by = optimiser === null ? '' : `, by ${optimiser}`;
    const asked = `${formatNear(price.yoctoNear)} or ${formatUsd(price.microUsd)}`;
    return `${formats.exact(fuel)} fuel (${saved}${size}${by}). A run there costs about ${asked}.`;
  }

  function changed(before: number, after: number): string {
    const share = before === 0 ? 0 : (after - before) / before;
    return `${share < 0 ? '−' : '+'}${formats.percent(Math.abs(share))}`;
  }

  return {
    element,
    show(next: PanelProfile, forWorker: boolean): void {
      profile = next;
      element.hidden = !next.canRebuild || !forWorker;
      compare.disabled = false;
      setText(text, '');
    },
    receive(id: number, build: WorkerBuild | null): void {
      if (id !== profile?.id) return;
      compare.disabled = false;
      setText(text, build === null ? '' : words(build));
    },
  };
}
