import { defaultFuelModel, fuelModels } from '../../shared/fuelModel.ts';
import {
  defaultLimits,
  largestInstructionLimit,
  largestMemoryLimitMb,
  largestTimeLimitSeconds,
  smallestTimeLimitSeconds,
} from '../../shared/limits.ts';
import { defaultNetwork } from '../../shared/network.ts';
import { profileKinds } from '../../shared/profileKind.ts';
import { targets } from '../../shared/target.ts';

/** A setting as package.json declares it, descriptions aside; a unit test holds the two together. */
export interface SettingDeclaration {
  readonly key: string;
  readonly type: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';
  readonly default: string | number | boolean | readonly string[] | Readonly<Record<string, never>>;
  readonly scope: 'machine-overridable' | 'resource' | 'window';
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  /** Ignored in folders that aren't trusted, because it says what is executed, reached or believed. */
  readonly restricted?: boolean;
}

export const section = 'wasi-workbench';

export const settings = {
  cargoPath: {
    key: 'wasi-workbench.cargoPath',
    type: 'string',
    default: '',
    scope: 'machine-overridable',
    restricted: true,
  },
  target: {
    key: 'wasi-workbench.target',
    type: 'string',
    default: 'wasm32-wasip2',
    scope: 'resource',
    enum: targets.filter((target) => target !== 'wasm32-wasi'),
  },
  buildProfile: {
    key: 'wasi-workbench.build.profile',
    type: 'string',
    default: 'release',
    scope: 'resource',
    restricted: true,
  },
  extraArguments: {
    key: 'wasi-workbench.build.extraArguments',
    type: 'array',
    default: [],
    scope: 'resource',
    restricted: true,
  },
  installPrompts: {
    key: 'wasi-workbench.installPrompts',
    type: 'boolean',
    default: true,
    scope: 'window',
  },
  profileKind: {
    key: 'wasi-workbench.profileKind',
    type: 'string',
    default: 'wasi',
    scope: 'resource',
    enum: profileKinds,
  },
  fuelModel: {
    key: 'wasi-workbench.fuelModel',
    type: 'string',
    default: defaultFuelModel,
    scope: 'resource',
    enum: fuelModels,
  },
  maxInstructions: {
    key: 'wasi-workbench.limits.maxInstructions',
    type: 'integer',
    default: defaultLimits.maxInstructions,
    scope: 'resource',
    minimum: 1,
    maximum: largestInstructionLimit,
  },
  maxMemoryMb: {
    key: 'wasi-workbench.limits.maxMemoryMb',
    type: 'integer',
    default: defaultLimits.maxMemoryMb,
    scope: 'resource',
    minimum: 1,
    maximum: largestMemoryLimitMb,
  },
  maxExecutionSeconds: {
    key: 'wasi-workbench.limits.maxExecutionSeconds',
    type: 'number',
    default: defaultLimits.maxExecutionSeconds,
    scope: 'resource',
    minimum: smallestTimeLimitSeconds,
    maximum: largestTimeLimitSeconds,
  },
  inlineFuel: {
    key: 'wasi-workbench.profile.inlineFuel',
    type: 'boolean',
    default: false,
    scope: 'window',
  },
  folders: {
    key: 'wasi-workbench.folders',
    type: 'array',
    default: [],
    scope: 'resource',
    restricted: true,
  },
  networkEnabled: {
    key: 'wasi-workbench.network.enabled',
    type: 'boolean',
    default: defaultNetwork.enabled,
    scope: 'resource',
  },
  networkAllowHosts: {
    key: 'wasi-workbench.network.allowHosts',
    type: 'array',
    default: [],
    scope: 'resource',
  },
  networkAllowLocal: {
    key: 'wasi-workbench.network.allowLocal',
    type: 'boolean',
    default: defaultNetwork.allowLocal,
    scope: 'resource',
    restricted: true,
  },
  networkCaFile: {
    key: 'wasi-workbench.network.caFile',
    type: 'string',
    default: '',
    scope: 'resource',
    restricted: true,
  },
  outlayer: {
    key: 'wasi-workbench.outlayer',
    type: 'object',
    default: {},
    scope: 'resource',
    restricted: true,
  },
} as const satisfies Record<string, SettingDeclaration>;
