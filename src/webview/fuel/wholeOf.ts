import type { PanelProfile } from '../../shared/panelProfile.ts';

/** What the parts of a profile add up to. */
export function wholeOf(profile: PanelProfile | undefined): number {
  return profile === undefined ? 0 : profile.fuel + profile.uncounted;
}
