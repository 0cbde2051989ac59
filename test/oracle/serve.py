"""Runs WebAssembly on the wasmtime package of this interpreter: one JSON request a line in, one JSON answer a line out.

Request:  {"modules": [{"name", "path"}], "fuels": [units], "memoryMb", "stdin": path or null, "argv": [], "env": [[k, v]],
           "dirs": [[host, guest]], "calls": [{"export", "args": [[type, bits]]}], "metered": bool, "rounds": int}
Answer:   {"outcomes": [...], "compileMs": ms} with one outcome per entry of "fuels" and round, see `outcome` below;
          {"failure": text} where the request itself could not be served.

All modules but the last are instantiated first, each importable under its name; the calls go to the last one.
A component has its `wasi:cli/run` called instead. Numbers travel as decimal text of their bits.
"""

import base64
import ctypes
import hashlib
import json
import os
import struct
import sys
import tempfile
import time

import wasmtime
from wasmtime import Config, Engine, ExitTrap, Func, Global, Linker, Memory, Module, Store, Trap, Val, WasiConfig, WasmtimeError
from wasmtime import _ffi as ffi

try:
    from wasmtime import component as components
except ImportError:  # wasmtime-py has components from 36 on
    components = None

# wasmtime's trap codes; the enum of 28 stops before OUT_OF_FUEL.
TRAPS = {
    0: "stack-overflow",
    1: "memory-out-of-bounds",
    3: "table-out-of-bounds",
    4: "indirect-call-to-null",
    5: "bad-signature",
    6: "integer-overflow",
    7: "integer-divide-by-zero",
    8: "bad-conversion-to-integer",
    9: "unreachable",
    10: "interrupt",
    11: "out-of-fuel",
}
# A component's trap arrives as a plain error whose last line is wasmtime's text for the trap.
TRAP_TEXTS = {
    "call stack exhausted": "stack-overflow",
    "out of bounds memory access": "memory-out-of-bounds",
    "undefined element: out of bounds table access": "table-out-of-bounds",
    "uninitialized element": "indirect-call-to-null",
    "indirect call type mismatch": "bad-signature",
    "integer overflow": "integer-overflow",
    "integer divide by zero": "integer-divide-by-zero",
    "invalid conversion to integer": "bad-conversion-to-integer",
    "wasm `unreachable` instruction executed": "unreachable",
    "all fuel consumed by WebAssembly": "out-of-fuel",
}


def kind_of(error):
    """The stable name of what ended a call, and wasmtime's own text."""
    # Up to the host's own backtrace.
    text = str(error).split("\n\nStack backtrace")[0]
    if isinstance(error, ExitTrap):
        return "exit", text
    if isinstance(error, Trap):
        code = ctypes.c_uint8()
        if ffi.wasmtime_trap_code(error.ptr(), ctypes.byref(code)):
            return TRAPS.get(code.value, f"trap-{code.value}"), text
    for needle, kind in TRAP_TEXTS.items():
        if needle in text:
            return kind, text
    if "exceeds memory limits" in text:
        return "memory-limit", text
    if "unknown import" in text or "incompatible import type" in text or "was not defined" in text:
        return "link", text
    return "other", text


class Engines:
    """One engine per setting, and the modules last compiled, by their bytes."""

    def __init__(self):
        self.engines = {}
        self.compiled = {}

    def engine(self, metered):
        if metered not in self.engines:
            config = Config()
            config.consume_fuel = metered
            if components is not None:
                config.wasm_component_model = True
            self.engines[metered] = Engine(config)
        return self.engines[metered]

    def compile(self, metered, path):
        with open(path, "rb") as file:
            wasm = file.read()
        key = (metered, hashlib.sha256(wasm).digest())
        if key not in self.compiled:
            if len(self.compiled) > 8:
                self.compiled.clear()
            is_component = wasm[4:5] == b"\x0d"
            make = components.Component if is_component else Module
            self.compiled[key] = make(self.engine(metered), wasm)
        return self.compiled[key]


def wasi_config(request, folder, stdin):
    config = WasiConfig()
    config.argv = request.get("argv", [])
    config.env = request.get("env", [])
    # The bytes as they are: a file would hand them over in chunks of its own size.
    vector = ffi.wasm_byte_vec_t()
    ffi.wasm_byte_vec_new(ctypes.byref(vector), len(stdin), (ctypes.c_ubyte * len(stdin)).from_buffer_copy(stdin))
    ffi.wasi_config_set_stdin_bytes(config.ptr(), ctypes.byref(vector))
    config.stdout_file = os.path.join(folder, "stdout")
    config.stderr_file = os.path.join(folder, "stderr")
    for host, guest in request.get("dirs", []):
        config.preopen_dir(host, guest)
    return config


def to_val(kind, bits):
    number = int(bits)
    if kind == "i32":
        return Val.i32(number - (1 << 32) if number >= 1 << 31 else number)
    if kind == "i64":
        return Val.i64(number - (1 << 64) if number >= 1 << 63 else number)
    if kind == "f32":
        return Val.f32(struct.unpack("<f", struct.pack("<I", number))[0])
    if kind == "f64":
        return Val.f64(struct.unpack("<d", struct.pack("<Q", number))[0])
    if kind == "funcref":
        return Val.funcref(None)
    return Val.externref(None if number == 0 else number)


def text_of(kind, value):
    """A value as JavaScript can tell it too: i32, f32 and f64 by the bits of the number as an f64; every NaN is `nan`."""
    if kind == "i64":
        return str(value)
    if kind in ("i32", "f32", "f64"):
        return "nan" if value != value else struct.pack(">d", value).hex()
    return "null" if value is None else "ref"


NUMERIC_KINDS = {0: "i32", 1: "i64", 2: "f32", 3: "f64"}


def numeric_kind(store, item):
    """A global's kind by its value, none where it is no number: the packages cannot tell the type of a vector."""
    raw = ffi.wasmtime_val_t()
    ffi.wasmtime_global_get(store._context(), ctypes.byref(item._global), ctypes.byref(raw))
    return NUMERIC_KINDS.get(raw.kind)


def call_export(store, instance, call):
    func = instance.exports(store)[call["export"]]
    result_types = [str(t) for t in func.type(store).results]
    args = [to_val(kind, bits) for kind, bits in call.get("args", [])]
    result = func(store, *args)
    values = [] if not result_types else [result] if len(result_types) == 1 else result
    return [text_of(kind, value) for kind, value in zip(result_types, values)]


def observe(store, instance):
    """What can be seen of an instance from outside: exported memories as digests, exported numeric globals."""
    memories, globals_ = {}, {}
    exports = instance.exports(store)
    for name in exports:
        item = exports[name]
        if isinstance(item, Memory):
            length = item.data_len(store)
            data = ctypes.string_at(item.data_ptr(store), length) if length else b""
            memories[name] = {"bytes": length, "sha256": hashlib.sha256(data).hexdigest()}
        elif isinstance(item, Global):
            kind = numeric_kind(store, item)
            if kind is not None:
                globals_[name] = text_of(kind, item.value(store))
    return memories, globals_


def outcome(engines, request, fuel, folder, stdin):
    """One run in a store of its own: {kind, exitCode, detail, fuel, stdout, stderr, calls, memories, globals, runMs}."""
    metered = request.get("metered", True)
    engine = engines.engine(metered)
    compiled = [(m["name"], engines.compile(metered, m["path"])) for m in request["modules"]]
    store = Store(engine)
    store.set_limits(memory_size=request.get("memoryMb", 128) * 1024 * 1024)
    if metered:
        store.set_fuel(fuel)
    store.set_wasi(wasi_config(request, folder, stdin))
    used = lambda: fuel - store.get_fuel() if metered else 0
    result = {"kind": "ok", "exitCode": 0, "detail": None, "calls": [], "memories": {}, "globals": {}}
    instance = None
    started = time.perf_counter()
    try:
        if components is not None and isinstance(compiled[-1][1], components.Component):
            run_component(engine, store, compiled[-1][1], result, request)
        else:
            linker = Linker(engine)
            linker.allow_shadowing = True
            linker.define_wasi()
            for name, module in compiled:
                instance = None
                instance = linker.instantiate(store, module)
                linker.define_instance(store, name, instance)
            started = time.perf_counter()
            for call in request.get("calls", []):
                result["calls"].append(one_call(store, instance, call, used))
                if result["calls"][-1]["kind"] == "out-of-fuel":
                    break  # a run ends there
    except (Trap, WasmtimeError) as error:
        result["kind"], result["detail"] = kind_of(error)
        result["exitCode"] = error.code if isinstance(error, ExitTrap) else None
    result["runMs"] = (time.perf_counter() - started) * 1000
    if result["calls"]:
        last = result["calls"][-1]
        result["kind"], result["detail"], result["exitCode"] = last["kind"], last["detail"], last["exitCode"]
    result["fuel"] = used()
    if instance is not None:
        result["memories"], result["globals"] = observe(store, instance)
    del store
    for stream in ("stdout", "stderr"):
        with open(os.path.join(folder, stream), "rb") as file:
            result[stream] = base64.b64encode(file.read()).decode()
    return result


def one_call(store, instance, call, used):
    answer = {"kind": "ok", "detail": None, "exitCode": 0, "results": []}
    try:
        answer["results"] = call_export(store, instance, call)
    except (Trap, WasmtimeError) as error:
        answer["kind"], answer["detail"] = kind_of(error)
        answer["exitCode"] = error.code if isinstance(error, ExitTrap) else None
    answer["fuel"] = used()
    return answer


def run_component(engine, store, component, result, request):
    linker = components.Linker(engine)
    linker.add_wasip2()
    linker.add_wasi_http()
    store.set_wasi_http()
    instance = linker.instantiate(store, component)
    names = ["wasi:cli/run"] + [f"wasi:cli/run@0.2.{patch}" for patch in range(32)]
    interface = next(filter(None, (instance.get_export_index(store, name) for name in names)))
    run = instance.get_func(store, instance.get_export_index(store, "run", interface))
    returned = run(store)
    run.post_return(store)
    if getattr(returned, "tag", "ok") != "ok":
        result["kind"], result["exitCode"] = "exit", 1


def serve(request, engines, folder):
    stdin = b""
    if request.get("stdin"):
        with open(request["stdin"], "rb") as file:
            stdin = file.read()
    started = time.perf_counter()
    try:
        for module in request["modules"]:
            engines.compile(request.get("metered", True), module["path"])
    except WasmtimeError as error:
        refused = {"kind": "invalid", "detail": str(error), "fuel": 0, "exitCode": None, "stdout": "", "stderr": ""}
        return {"outcomes": [{**refused, "calls": [], "memories": {}, "globals": {}, "runMs": 0}], "compileMs": 0}
    compile_ms = (time.perf_counter() - started) * 1000
    runs = [fuel for fuel in request["fuels"] for _ in range(request.get("rounds", 1))]
    return {"outcomes": [outcome(engines, request, fuel, folder, stdin) for fuel in runs], "compileMs": compile_ms}


def main():
    engines = Engines()
    with tempfile.TemporaryDirectory(prefix="oracle-") as folder:
        for line in sys.stdin:
            try:
                answer = serve(json.loads(line), engines, folder)
            except Exception as error:  # the client reports it and goes on
                answer = {"failure": f"{type(error).__name__}: {error}"}
            print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
