import type { RuleCode } from '../../shared/ruleCode.ts';
import type { Rule } from '../rule.ts';
import { absolutePath } from './absolutePath.ts';
import { args } from './args.ts';
import { bareModule } from './bareModule.ts';
import { buildRules } from './buildRules.ts';
import { cCode } from './cCode.ts';
import { envUnwrap } from './envUnwrap.ts';
import { exitZero } from './exitZero.ts';
import { httpNeedsP2 } from './httpNeedsP2.ts';
import { inputUnwrap } from './inputUnwrap.ts';
import { manifestNotAtRoot } from './manifestNotAtRoot.ts';
import { missingRun } from './missingRun.ts';
import { missingStart } from './missingStart.ts';
import { newerWasi } from './newerWasi.ts';
import { noiseInJson } from './noiseInJson.ts';
import { noOutput } from './noOutput.ts';
import { noProgram } from './noProgram.ts';
import { notAComponent } from './notAComponent.ts';
import { notAModule } from './notAModule.ts';
import { oldTargetName } from './oldTargetName.ts';
import { releaseProfile } from './releaseProfile.ts';
import { runRules } from './runRules.ts';
import { severalPrograms } from './severalPrograms.ts';
import { socketsCrate } from './socketsCrate.ts';
import { strippedNames } from './strippedNames.ts';
import { threads } from './threads.ts';
import { unknownFormat } from './unknownFormat.ts';
import { unknownMetadata } from './unknownMetadata.ts';
import { unresolvedImport } from './unresolvedImport.ts';
import { unsafeAttribute } from './unsafeAttribute.ts';
import { unsupportedStd } from './unsupportedStd.ts';
import { wasmBindgen } from './wasmBindgen.ts';
import { workerInterface } from './workerInterface.ts';
import { workerRefusesBuild } from './workerRefusesBuild.ts';

/** All rules. To add one: its code in shared/ruleCode.ts, a file here, its page in docs/diagnostics, a fixture. */
export const rules: readonly Rule[] = [
  missingStart,
  noProgram,
  notAComponent,
  notAModule,
  unknownFormat,
  missingRun,
  unresolvedImport,
  wasmBindgen,
  workerInterface,
  newerWasi,
  bareModule,
  threads,
  oldTargetName,
  severalPrograms,
  socketsCrate,
  cCode,
  httpNeedsP2,
  unsafeAttribute,
  releaseProfile,
  strippedNames,
  manifestNotAtRoot,
  workerRefusesBuild,
  unknownMetadata,
  ...buildRules,
  args,
  exitZero,
  noOutput,
  noiseInJson,
  unsupportedStd,
  envUnwrap,
  inputUnwrap,
  absolutePath,
  ...runRules,
];

export function ruleOf(code: RuleCode): Rule {
  const rule = rules.find((each) => each.code === code);
  if (rule === undefined) throw new Error(`There is no rule ${code}.`);
  return rule;
}
