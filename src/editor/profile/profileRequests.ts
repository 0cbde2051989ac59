import type { WorkerBuild } from '../../shared/panelProfile.ts';
import type { PanelRequest } from '../../shared/panelMessages.ts';
import type { Workbench } from '../workbench.ts';
import { forPanel } from './forPanel.ts';
import { saveProfile } from './openProfile.ts';
import { runWorkerBuild } from './workerBuild.ts';
import { openSource } from './sourceFile.ts';

type ProfileRequest = Extract<
  PanelRequest,
  { type: 'profile' | 'saveProfile' | 'workerBuild' | 'openSource' }
>;

/** Does what the panel asks for of a profile. */
export async function answerProfile(request: ProfileRequest, workbench: Workbench): Promise<void> {
  const kept = workbench.profiles.of(request.id);
  switch (request.type) {
    case 'profile':
      workbench.panel.send({ type: 'profile', profile: kept === undefined ? null : forPanel(kept) });
      return;
    case 'saveProfile':
      return kept && saveProfile(kept);
    case 'workerBuild': {
      let build: WorkerBuild | null = null;
      try {
        if (kept?.plan !== undefined) build = await runWorkerBuild(workbench, kept.plan);
      } finally {
        workbench.panel.send({ type: 'workerBuild', id: request.id, build });
      }
      return;
    }
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
