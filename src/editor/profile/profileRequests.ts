import type { PanelRequest } from '../../shared/panelMessages.ts';
import type { Workbench } from '../commands.ts';
import { forPanel } from './forPanel.ts';
import { saveProfile } from './openProfile.ts';
import { openSource } from './sourceFile.ts';

type ProfileRequest = Extract<PanelRequest, { type: 'profile' | 'saveProfile' | 'openSource' }>;

/** Does what the panel asks for of a profile. */
export async function answerProfile(request: ProfileRequest, workbench: Workbench): Promise<void> {
  const kept = workbench.profiles.of(request.id);
  switch (request.type) {
    case 'profile':
      workbench.panel.send({ type: 'profile', profile: kept === undefined ? null : forPanel(kept) });
      return;
    case 'saveProfile':
      return kept && saveProfile(kept);
    case 'openSource': {
      const place = (request.of === 'function' ? kept?.profile.functions : kept?.profile.lines)?.[
        request.index
      ];
      if (kept === undefined || place === undefined || place.file === null) return;
      const { file, line } = place;
      return openSource({ file, line }, kept.crateDir, () => sysroot(workbench, kept.crateDir));
    }
  }
}

/** The folder of the toolchain that builds a crate; null where there is none. */
export async function sysroot({ services }: Workbench, crateDir: string | null): Promise<string | null> {
  if (crateDir === null) return null;
  const compiler = await services.compiler();
  return compiler.toolchain(crateDir).then(
    (toolchain) => toolchain.sysroot,
    () => null,
  );
}
