import { resolve } from 'node:path';
import * as vscode from 'vscode';
import { outlayerOfSetting } from '../cases/outlayerFields.ts';
import { isFuelModel, type FuelModel } from '../shared/fuelModel.ts';
import type { Limits } from '../shared/limits.ts';
import type { NetworkOptions } from '../shared/network.ts';
import type { OutlayerSettings } from '../shared/outlayer.ts';
import { profileKinds, type ProfileKind } from '../shared/profileKind.ts';
import type { Preopen } from '../shared/runRequest.ts';
import { targets, type Target } from '../shared/target.ts';
import { settings, type SettingDeclaration } from './manifest/settings.ts';

/** The settings that one build and run of a crate goes by. */
export interface RunSettings {
  readonly target: Target;
  readonly buildProfile: string;
  readonly extraArguments: readonly string[];
  readonly profileKind: ProfileKind;
  readonly fuelModel: FuelModel;
  readonly limits: Limits;
  readonly network: NetworkOptions;
  readonly preopens: readonly Preopen[];
  readonly outlayer: OutlayerSettings;
}

/** Settings as they hold for a folder. A value of the wrong kind, or out of range, counts as the default. */
export function runSettings(folder: string): RunSettings {
  const scope = vscode.Uri.file(folder);
  const oneOf = <T extends string>(declaration: SettingDeclaration, valid: readonly T[]): T =>
    valid.find((value) => value === read(declaration, scope)) ?? (declaration.default as T);
  const number = (declaration: SettingDeclaration & { readonly default: number }): number => {
    const value = read(declaration, scope);
    const { minimum = -Infinity, maximum = Infinity, type } = declaration;
    const valid = typeof value === 'number' && value >= minimum && value <= maximum;
    return valid && (type === 'number' || Number.isInteger(value)) ? value : declaration.default;
  };
  const profile = read(settings.buildProfile, scope);
  const fuelModel = String(read(settings.fuelModel, scope));
  const extra = read(settings.extraArguments, scope);
  return {
    target: oneOf(settings.target, targets),
    buildProfile: typeof profile === 'string' && profile !== '' ? profile : settings.buildProfile.default,
    extraArguments: Array.isArray(extra) ? extra.filter((argument) => typeof argument === 'string') : [],
    profileKind: oneOf(settings.profileKind, profileKinds),
    fuelModel: isFuelModel(fuelModel) ? fuelModel : settings.fuelModel.default,
    limits: {
      maxInstructions: number(settings.maxInstructions),
      maxMemoryMb: number(settings.maxMemoryMb),
      maxExecutionSeconds: number(settings.maxExecutionSeconds),
    },
    network: network(folder, scope),
    preopens: preopens(folder, scope),
    outlayer: outlayerOfSetting(read(settings.outlayer, scope)),
  };
}

/** What is no folder of the right form is left out. */
function preopens(folder: string, scope: vscode.Uri): Preopen[] {
  const folders = read(settings.folders, scope);
  if (!Array.isArray(folders) || !vscode.workspace.isTrusted) return [];
  return folders.flatMap((each: unknown) => {
    const { host, guest, writable } = (each ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof host !== 'string' || typeof guest !== 'string' || host === '' || guest === '') return [];
    return [{ hostPath: resolve(folder, host), guestPath: guest, writable: writable === true }];
  });
}

/** A list without names restricts nothing: what closes the network is the setting that says so. */
function network(folder: string, scope: vscode.Uri): NetworkOptions {
  const hosts = read(settings.networkAllowHosts, scope);
  const names = Array.isArray(hosts) ? hosts.filter((host) => typeof host === 'string') : [];
  const caFile = read(settings.networkCaFile, scope);
  return {
    enabled: read(settings.networkEnabled, scope) !== false,
    allowHosts: names.length === 0 ? null : names,
    allowLocal: vscode.workspace.isTrusted && read(settings.networkAllowLocal, scope) === true,
    caFile: typeof caFile === 'string' && caFile.trim() !== '' ? resolve(folder, caFile.trim()) : null,
  };
}

/** The cargo that the user named; null to look for one. */
export function cargoPath(): string | null {
  const path = read(settings.cargoPath);
  return typeof path === 'string' && path.trim() !== '' ? path.trim() : null;
}

export function installPrompts(): boolean {
  return read(settings.installPrompts) !== false;
}

export function inlineFuel(): boolean {
  return read(settings.inlineFuel) === true;
}

/** Where the user has set it already, else for all of the user's folders. */
export async function setInlineFuel(shown: boolean): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  const inWorkspace = configuration.inspect(settings.inlineFuel.key)?.workspaceValue !== undefined;
  const where = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await configuration.update(settings.inlineFuel.key, shown, where);
}

function read({ key }: SettingDeclaration, scope?: vscode.Uri): unknown {
  return vscode.workspace.getConfiguration(undefined, scope ?? null).get(key);
}
