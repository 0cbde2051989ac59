import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { severities } from '../../../src/diagnostics/finding.ts';
import { rules } from '../../../src/diagnostics/rules/index.ts';
import { category, commands, type CommandDeclaration } from '../../../src/editor/manifest/commands.ts';
import { contextKeys } from '../../../src/editor/manifest/contextKeys.ts';
import { settings, type SettingDeclaration } from '../../../src/editor/manifest/settings.ts';
import { pageOf } from '../../../src/shared/ruleCode.ts';

interface Property {
  readonly type: string;
  readonly default: unknown;
  readonly scope: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly markdownDescription?: string;
}

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly extensionKind: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly supported: string;
      readonly description: string;
      readonly restrictedConfigurations: readonly string[];
    };
    readonly virtualWorkspaces: { readonly supported: boolean; readonly description: string };
  };
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; category: string; icon?: string }[];
    readonly menus: { readonly commandPalette: readonly { command: string; when: string }[] };
    readonly configuration: { readonly properties: Readonly<Record<string, Property>> };
  };
}

const { activationEvents, extensionKind, capabilities, contributes } = JSON.parse(
  readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
) as Manifest;
const ruleSettings = 'wasi-workbench.diagnostics.';
const declaredCommands: readonly CommandDeclaration[] = Object.values(commands);
const declaredSettings: readonly SettingDeclaration[] = Object.values(settings);

describe('package.json', () => {
  it('contributes the declared commands, all of one category', () => {
    assert.deepEqual(
      contributes.commands,
      declaredCommands.map(({ id, title, icon }) => ({
        command: id,
        title,
        category,
        ...(icon === undefined ? {} : { icon }),
      })),
    );
  });

  it('hides from the palette what is not for people, and what can do nothing', () => {
    assert.deepEqual(
      contributes.menus.commandPalette,
      declaredCommands.flatMap(({ id, palette }) =>
        palette === undefined ? [] : [{ command: id, when: palette === false ? 'false' : palette }],
      ),
    );
  });

  it('asks in its when clauses only for context keys that are declared', () => {
    const known: readonly string[] = [...Object.values(contextKeys), 'false'];
    const whens = contributes.menus.commandPalette.map(({ when }) => when);
    assert.deepEqual(
      whens.filter((when) => !known.includes(when)),
      [],
    );
  });

  it('contributes the declared settings, with their types, defaults, scopes and bounds', () => {
    const { properties } = contributes.configuration;
    assert.deepEqual(
      Object.keys(properties).filter((key) => !key.startsWith(ruleSettings)),
      declaredSettings.map(({ key }) => key),
    );
    for (const declaration of declaredSettings) {
      const property = properties[declaration.key]!;
      for (const part of ['type', 'default', 'scope', 'enum', 'minimum', 'maximum'] as const) {
        assert.deepEqual(property[part], declaration[part], `${part} of ${declaration.key}`);
      }
    }
  });

  it('contributes a setting for each rule, which leaves it as it is until it is set', () => {
    const { properties } = contributes.configuration;
    assert.deepEqual(
      Object.keys(properties).filter((key) => key.startsWith(ruleSettings)),
      rules.map(({ code }) => `${ruleSettings}${pageOf(code)}`),
    );
    for (const { code, title, explanation, severity } of rules) {
      const property = properties[`${ruleSettings}${pageOf(code)}`]!;
      assert.equal(property.default, 'default', code);
      assert.deepEqual(property.enum, ['default', ...severities, 'off'], code);
      assert.equal(property.enumDescriptions?.[0], `As the rule itself says: ${severity}.`, code);
      assert.equal(property.scope, 'resource', code);
      assert.equal(property.markdownDescription, `**${title}.** ${explanation}`, code);
    }
  });

  it('describes every setting, and every value of one that has a list', () => {
    for (const [key, property] of Object.entries(contributes.configuration.properties)) {
      assert.ok((property.markdownDescription ?? '').length > 20, key);
      assert.equal(property.enumDescriptions?.length, property.enum?.length, key);
    }
  });

  it('ignores in untrusted folders the settings that say what is executed, and says why', () => {
    const { untrustedWorkspaces, virtualWorkspaces } = capabilities;
    assert.equal(untrustedWorkspaces.supported, 'limited');
    assert.deepEqual(
      untrustedWorkspaces.restrictedConfigurations,
      declaredSettings.filter(({ restricted }) => restricted).map(({ key }) => key),
    );
    assert.equal(virtualWorkspaces.supported, false);
    assert.ok(untrustedWorkspaces.description.length > 20 && virtualWorkspaces.description.length > 20);
  });

  it('is activated by crates and Rust files, beside the files', () => {
    assert.ok(activationEvents.includes('workspaceContains:**/Cargo.toml'));
    assert.ok(activationEvents.includes('onLanguage:rust'));
    assert.ok(!activationEvents.includes('*'));
    assert.deepEqual(extensionKind, ['workspace']);
  });
});
