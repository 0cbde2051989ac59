//! Compiles once, runs as often as asked, each time in a store of its own.

use crate::cassette::Cassette;
use crate::outcome::{Answer, Ending, Outcome};
use crate::request::Request;
use anyhow::{ensure, Result};
use base64::prelude::{Engine as _, BASE64_STANDARD};
use std::time::Instant;
use wasmtime::component::{Component, Linker as ComponentLinker, ResourceTable};
use wasmtime::{Config, Engine, Linker, Module, Store, StoreLimits, StoreLimitsBuilder};
use wasmtime_wasi::pipe::{MemoryInputPipe, MemoryOutputPipe};
use wasmtime_wasi::preview1::WasiP1Ctx;
use wasmtime_wasi::{DirPerms, FilePerms, WasiCtx, WasiCtxBuilder, WasiView};
use wasmtime_wasi_http::body::HyperOutgoingBody;
use wasmtime_wasi_http::types::{default_send_request, HostFutureIncomingResponse, OutgoingRequestConfig};
use wasmtime_wasi_http::{HttpResult, WasiHttpCtx, WasiHttpView};

const MIB: usize = 1024 * 1024;
/// Bytes of stderr that a guest can write.
const STDERR_CAP: usize = MIB;

struct P2Host {
    ctx: WasiCtx,
    http: WasiHttpCtx,
    table: ResourceTable,
    limits: StoreLimits,
    cassette: Option<Cassette>,
}

impl WasiView for P2Host {
    fn table(&mut self) -> &mut ResourceTable {
        &mut self.table
    }
    fn ctx(&mut self) -> &mut WasiCtx {
        &mut self.ctx
    }
}

impl WasiHttpView for P2Host {
    fn ctx(&mut self) -> &mut WasiHttpCtx {
        &mut self.http
    }
    fn table(&mut self) -> &mut ResourceTable {
        &mut self.table
    }
    fn send_request(
        &mut self,
        request: hyper::Request<HyperOutgoingBody>,
        config: OutgoingRequestConfig,
    ) -> HttpResult<HostFutureIncomingResponse> {
        match &mut self.cassette {
            Some(cassette) => cassette.send(request, config),
            None => Ok(default_send_request(request, config)),
        }
    }
}

struct P1Host {
    ctx: WasiP1Ctx,
    limits: StoreLimits,
}

enum Program {
    P1(Module),
    P2(Component),
}

/// Remembers the program that was compiled last, for requests that differ in their limits only.
#[derive(Default)]
pub struct Runner {
    last: Option<(Vec<u8>, bool, Engine, Program)>,
}

impl Runner {
    pub async fn answer(&mut self, request: &Request, stdin: Vec<u8>) -> Result<Answer> {
        ensure!(
            request.modules.len() == 1,
            "this oracle runs one module at a time"
        );
        let wasm = std::fs::read(&request.modules[0].path)?;
        let started = Instant::now();
        if let Err(error) = self.compile(wasm, request.metered) {
            let refused = Outcome {
                ending: Ending::invalid(&error),
                fuel: 0,
                stdout: String::new(),
                stderr: String::new(),
                run_ms: 0.0,
            };
            return Ok(Answer {
                outcomes: vec![refused],
                compile_ms: 0.0,
            });
        }
        let compile_ms = milliseconds(started);
        let (_, _, engine, program) = self.last.as_ref().expect("compiled above");
        let mut outcomes = vec![];
        for &fuel in &request.fuels {
            for _ in 0..request.rounds {
                outcomes.push(run(engine, program, request, fuel, stdin.clone()).await?);
            }
        }
        Ok(Answer { outcomes, compile_ms })
    }

    fn compile(&mut self, wasm: Vec<u8>, metered: bool) -> Result<()> {
        if matches!(&self.last, Some((bytes, with_fuel, ..)) if *bytes == wasm && *with_fuel == metered) {
            return Ok(());
        }
        let mut config = Config::new();
        config
            .consume_fuel(metered)
            .wasm_component_model(true)
            .async_support(true);
        let engine = Engine::new(&config)?;
        let is_component = wasm.get(4) == Some(&0x0d);
        let program = if is_component {
            Program::P2(Component::new(&engine, &wasm)?)
        } else {
            Program::P1(Module::new(&engine, &wasm)?)
        };
        self.last = Some((wasm, metered, engine, program));
        Ok(())
    }
}

async fn run(
    engine: &Engine,
    program: &Program,
    request: &Request,
    fuel: u64,
    stdin: Vec<u8>,
) -> Result<Outcome> {
    let stdout = MemoryOutputPipe::new(request.memory_mb * MIB);
    let stderr = MemoryOutputPipe::new(STDERR_CAP);
    let mut wasi = WasiCtxBuilder::new();
    wasi.stdin(MemoryInputPipe::new(stdin))
        .stdout(stdout.clone())
        .stderr(stderr.clone());
    wasi.args(&request.argv).envs(&request.env);
    for (host, guest) in &request.dirs {
        wasi.preopened_dir(host, guest, DirPerms::all(), FilePerms::all())?;
    }
    let mut cassette: Option<Cassette> = match &request.cassette {
        Some(path) => Some(serde_json::from_slice(&std::fs::read(path)?)?),
        None => None,
    };
    if let Some(cassette) = &mut cassette {
        cassette.give_readings(&mut wasi)?;
    }
    let limits = StoreLimitsBuilder::new()
        .memory_size(request.memory_mb * MIB)
        .build();
    let budget = request.metered.then_some(fuel);
    let (ending, left, run_ms) = match program {
        Program::P1(module) => run_p1(engine, module, wasi, limits, budget).await?,
        Program::P2(component) => run_p2(engine, component, wasi, limits, budget, cassette).await?,
    };
    Ok(Outcome {
        ending,
        fuel: left.map_or(0, |left| fuel - left),
        stdout: BASE64_STANDARD.encode(stdout.contents()),
        stderr: BASE64_STANDARD.encode(stderr.contents()),
        run_ms,
    })
}

async fn run_p1(
    engine: &Engine,
    module: &Module,
    mut wasi: WasiCtxBuilder,
    limits: StoreLimits,
    fuel: Option<u64>,
) -> Result<(Ending, Option<u64>, f64)> {
    let mut linker: Linker<P1Host> = Linker::new(engine);
    wasmtime_wasi::preview1::add_to_linker_async(&mut linker, |host| &mut host.ctx)?;
    let mut store = Store::new(
        engine,
        P1Host {
            ctx: wasi.build_p1(),
            limits,
        },
    );
    store.limiter(|host| &mut host.limits);
    if let Some(fuel) = fuel {
        store.set_fuel(fuel)?;
    }
    let started = Instant::now();
    let result = async {
        let instance = linker.instantiate_async(&mut store, module).await?;
        let start = instance.get_typed_func::<(), ()>(&mut store, "_start")?;
        start.call_async(&mut store, ()).await
    }
    .await;
    let run_ms = milliseconds(started);
    let ending = match result {
        Ok(()) => Ending::returned(),
        Err(error) => Ending::of_error(&error),
    };
    Ok((ending, fuel.map(|_| store.get_fuel()).transpose()?, run_ms))
}

async fn run_p2(
    engine: &Engine,
    component: &Component,
    mut wasi: WasiCtxBuilder,
    limits: StoreLimits,
    fuel: Option<u64>,
    mut cassette: Option<Cassette>,
) -> Result<(Ending, Option<u64>, f64)> {
    let mut linker: ComponentLinker<P2Host> = ComponentLinker::new(engine);
    wasmtime_wasi::add_to_linker_async(&mut linker)?;
    wasmtime_wasi_http::add_only_http_to_linker_async(&mut linker)?;
    if let Some(cassette) = &mut cassette {
        cassette.link_calls(component, &mut linker)?;
    }
    let host = P2Host {
        ctx: wasi.build(),
        http: WasiHttpCtx::new(),
        table: ResourceTable::new(),
        limits,
        cassette,
    };
    let mut store = Store::new(engine, host);
    store.limiter(|host| &mut host.limits);
    if let Some(fuel) = fuel {
        store.set_fuel(fuel)?;
    }
    let started = Instant::now();
    let result = async {
        let command =
            wasmtime_wasi::bindings::Command::instantiate_async(&mut store, component, &linker).await?;
        command.wasi_cli_run().call_run(&mut store).await
    }
    .await;
    let run_ms = milliseconds(started);
    let ending = match result {
        Ok(Ok(())) => Ending::returned(),
        Ok(Err(())) => Ending::exit(1),
        Err(error) => Ending::of_error(&error),
    };
    Ok((ending, fuel.map(|_| store.get_fuel()).transpose()?, run_ms))
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}
