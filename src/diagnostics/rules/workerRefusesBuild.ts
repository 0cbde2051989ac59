import type { Report } from '../finding.ts';
import type { Rule } from '../rule.ts';

export const workerRefusesBuild: Rule = {
  code: 'wasi/worker-refuses-build',
  title: 'Build scripts and git dependencies',
  explanation:
    "The worker's native mode builds crates that run no code of their own while they are built, and that come from crates.io.",
  severity: 'warning',
  onlyOutlayer: true,
  manifest: (manifest) => {
    const script = manifest.find('package', 'build');
    const scripts: Report[] =
      script?.valueRange && typeof script.value === 'string'
        ? [
            {
              range: script.valueRange,
              message:
                "The OutLayer worker's native mode refuses build scripts. Make what it generates part of the sources.",
            },
          ]
        : [];
    const git = manifest.dependencies
      .filter((dependency) => dependency.git)
      .map(({ crate, entry }) => ({
        range: entry.keyRange,
        message: `The OutLayer worker's native mode refuses git dependencies: take ${crate} from crates.io, or copy it into the repository.`,
      }));
    return [...scripts, ...git];
  },
};
