import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { severities } from '../../../../src/diagnostics/finding.ts';
import { rules } from '../../../../src/diagnostics/rules/index.ts';
import { category, commands, type CommandDeclaration } from '../../../../src/editor/manifest/commands.ts';
import { contextKeys } from '../../../../src/editor/manifest/contextKeys.ts';
import { crateMenu, keyBindings, menus, type KeyBinding } from '../../../../src/editor/manifest/menus.ts';
import { settings, type SettingDeclaration } from '../../../../src/editor/manifest/settings.ts';
import { pageOf } from '../../../../src/shared/ruleCode.ts';

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
    readonly menus: Readonly<Record<string, readonly { command: string; when?: string; group?: string }[]>>;
    readonly submenus: readonly (typeof crateMenu)[];
    readonly keybindings: readonly KeyBinding[];
    readonly walkthroughs: readonly { readonly steps: readonly WalkthroughStep[] }[];
    readonly viewsWelcome: readonly { readonly contents: string; readonly when: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Property>> };
  };
}

interface WalkthroughStep {
  readonly description: string;
  readonly media: { readonly markdown?: string; readonly image?: Readonly<Record<string, string>> };
  readonly completionEvents: readonly string[];
}

const readRoot = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
const texts = JSON.parse(readRoot('package.nls.json')) as Readonly<Record<string, string>>;
const { activationEvents, extensionKind, capabilities, contributes } = JSON.parse(
  readRoot('package.json'),
  // As VS Code does where no translation is installed.
  (_, value: unknown) =>
    typeof value === 'string' ? value.replace(/^%(.+)%$/, (_, key: string) => texts[key]!) : value,
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
      contributes.menus['commandPalette'],
      declaredCommands.flatMap(({ id, palette }) =>
        palette === undefined ? [] : [{ command: id, when: palette === false ? 'false' : palette }],
      ),
    );
  });

  it('has on the page of all commands those of the palette', () => {
    const page = readRoot('docs/editor.md');
    const titles = declaredCommands
      .filter(({ palette }) => palette !== false)
      // There a title is short, and the builds for each target are one entry.
      .map(({ title }) => title.replace(/:.*|wasm32-.*/, ''));
    assert.deepEqual(
      titles.filter((title) => !page.includes(title)),
      [],
    );
  });

  it('contributes the declared menus and key bindings', () => {
    const { commandPalette, ...others } = contributes.menus;
    assert.ok(commandPalette);
    assert.deepEqual(others, menus);
    assert.deepEqual(contributes.submenus, [crateMenu]);
    assert.deepEqual(contributes.keybindings, keyBindings);
  });

  it('asks in its when clauses only for context keys that are declared', () => {
    const known: readonly string[] = Object.values(contextKeys);
    const entries = [
      ...Object.values(contributes.menus).flat(),
      ...contributes.keybindings,
      ...contributes.viewsWelcome,
    ];
    const asked = entries.flatMap(({ when = '' }) => when.match(/wasi-workbench\.\w+(?!')\b/g) ?? []);
    assert.deepEqual(
      asked.filter((key) => !known.includes(key)),
      [],
    );
  });

  it('has in its walkthrough and welcomes only commands, settings and files that there are', () => {
    const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    const events = steps.flatMap(({ completionEvents }) => completionEvents);
    const linked = [
      ...steps.map(({ description }) => description),
      ...contributes.viewsWelcome.map((view) => view.contents),
    ].flatMap((text) => [...text.matchAll(/\(command:(wasi-workbench\.\w+)/g)].map((match) => match[1]!));
    const named = events
      .filter((event) => event.startsWith('onCommand:'))
      .map((event) => event.slice('onCommand:'.length));
    const ids = declaredCommands.map(({ id }) => id);
    assert.deepEqual(
      [...linked, ...named].filter((id) => !ids.includes(id)),
      [],
    );
    const context: readonly string[] = Object.values(contextKeys);
    for (const { completionEvents } of steps) {
      const asked = completionEvents.filter((event) => event.startsWith('onContext:'));
      // What holds when VS Code reads the walkthrough, which it does when it is first shown, ticks nothing any more.
      // The second form becomes true only after that.
      const [first, ...others] = asked;
      assert.ok(first !== undefined && context.includes(first.slice('onContext:'.length)), first);
      assert.deepEqual(others, [`${first} && activeEditor == 'gettingStartedPage'`]);
    }
    const keys = events
      .filter((event) => event.startsWith('onSettingChanged:'))
      .map((event) => event.slice('onSettingChanged:'.length));
    assert.deepEqual(
      keys.filter((key) => !(key in contributes.configuration.properties)),
      [],
    );
    const files = steps.flatMap(({ media }) => [media.markdown, ...Object.values(media.image ?? {})]);
    for (const file of files) if (file !== undefined) readRoot(file);
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
