//! Gives a run what a cassette of the workbench holds, in the place of the network, the clocks and the rest: what
//! arrived in pieces arrives in the same pieces, all of them there at once.

use anyhow::{anyhow, bail, Context, Result};
use base64::prelude::{Engine as _, BASE64_STANDARD};
use bytes::Bytes;
use http_body_util::{BodyExt, StreamBody};
use hyper::body::Frame;
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use serde::Deserialize;
use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;
use std::time::Duration;
use wasmtime::component::types::ComponentItem;
use wasmtime::component::{Component, Linker, Val};
use wasmtime_wasi::{HostMonotonicClock, HostWallClock, WasiCtxBuilder};
use wasmtime_wasi_http::bindings::http::types::ErrorCode;
use wasmtime_wasi_http::body::HyperOutgoingBody;
use wasmtime_wasi_http::types::{HostFutureIncomingResponse, IncomingResponse, OutgoingRequestConfig};
use wasmtime_wasi_http::HttpResult;

/// The file, as far as it is read: src/shared/cassette.ts.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cassette {
    http: VecDeque<Exchange>,
    calls: VecDeque<Call>,
    wall_clock: VecDeque<String>,
    monotonic_clock: VecDeque<String>,
    random: Vec<String>,
}

#[derive(Deserialize)]
struct Exchange {
    request: Request,
    response: Option<Response>,
    failure: Option<Failure>,
}

#[derive(Deserialize)]
struct Request {
    method: String,
    url: String,
}

#[derive(Deserialize)]
struct Response {
    status: u16,
    headers: Vec<(String, String)>,
    #[serde(default)]
    body: Body,
    chunks: Option<Vec<usize>>,
    #[serde(default)]
    trailers: Vec<(String, String)>,
}

#[derive(Deserialize, Default)]
struct Body {
    text: Option<String>,
    base64: Option<String>,
}

#[derive(Deserialize)]
struct Failure {
    code: String,
    detail: Option<serde_json::Value>,
    #[serde(default)]
    refused: bool,
}

#[derive(Deserialize)]
struct Call {
    interface: String,
    function: String,
    result: serde_json::Value,
}

impl Cassette {
    /// Answers the next request, which has to be the one that was recorded next.
    pub fn send(
        &mut self,
        request: hyper::Request<HyperOutgoingBody>,
        config: OutgoingRequestConfig,
    ) -> HttpResult<HostFutureIncomingResponse> {
        let recorded = self
            .http
            .pop_front()
            .context("one request more than was recorded");
        let recorded = recorded.and_then(|exchange| exchange.check(&request).map(|()| exchange));
        let Exchange {
            response, failure, ..
        } = recorded.map_err(wasmtime_wasi_http::HttpError::trap)?;
        let code = failure.as_ref().map(Failure::code).transpose();
        let code = code.map_err(wasmtime_wasi_http::HttpError::trap)?;
        let body = request.into_body();
        if failure.is_some_and(|failure| failure.refused) {
            return Err(code.expect("a failure has a code").into());
        }
        // A guest that writes waits for somebody who reads.
        tokio::spawn(async move { body.collect().await });
        let answer = tokio::spawn(async move {
            match response {
                Some(response) => response.arrive(code, config.between_bytes_timeout).map(Ok),
                None => Ok(Err(code.unwrap_or(ErrorCode::ConnectionTerminated))),
            }
        });
        // It is there by the time that the guest can ask for it, so that nothing depends on who is faster.
        while !answer.is_finished() {
            std::thread::yield_now();
        }
        Ok(HostFutureIncomingResponse::pending(answer.into()))
    }

    /// Puts clocks and random bytes in the place of the machine's.
    pub fn give_readings(&mut self, wasi: &mut WasiCtxBuilder) -> Result<()> {
        let walls = self
            .wall_clock
            .iter()
            .map(|text| nanoseconds(text))
            .collect::<Result<_>>()?;
        let monotonics = self
            .monotonic_clock
            .iter()
            .map(|text| Ok(text.parse()?))
            .collect::<Result<_>>()?;
        let mut draws: VecDeque<_> = self
            .random
            .iter()
            .map(|digits| unhex(digits))
            .collect::<Result<_>>()?;
        // Two words come first where Rust's library makes a seed for its hash maps.
        if draws.len() >= 2 && draws[0].len() == 8 && draws[1].len() == 8 {
            let seed: Vec<u8> = draws.drain(..2).flatten().collect();
            wasi.insecure_random_seed(u128::from_le_bytes(seed.try_into().expect("two words")));
        }
        let drawn = draws.into_iter().flatten().collect();
        wasi.wall_clock(Readings(Mutex::new(walls)));
        wasi.monotonic_clock(Readings(Mutex::new(monotonics)));
        wasi.secure_random(Draws(drawn));
        Ok(())
    }

    /// Defines the worker's interfaces that a component imports, each function to give its results in their order.
    pub fn link_calls<T>(&mut self, component: &Component, linker: &mut Linker<T>) -> Result<()> {
        let mut results: HashMap<(String, String), VecDeque<Val>> = HashMap::new();
        for call in self.calls.drain(..) {
            let name = (format!("{}@0.1.0", call.interface), call.function);
            results.entry(name).or_default().push_back(value(&call.result)?);
        }
        let engine = linker.engine().clone();
        for (interface, item) in component.component_type().imports(&engine) {
            let ComponentItem::ComponentInstance(instance) = item else {
                continue;
            };
            if !interface.starts_with("near:") && !interface.starts_with("outlayer:") {
                continue;
            }
            let mut defined = linker.instance(interface)?;
            for (function, _) in instance.exports(&engine) {
                let name = (interface.to_string(), function.to_string());
                let left = Mutex::new(results.remove(&name).unwrap_or_default());
                defined.func_new(function, move |_, _, results| {
                    let next = left.lock().unwrap().pop_front();
                    results[0] = next.with_context(|| format!("{name:?} was not recorded"))?;
                    Ok(())
                })?;
            }
        }
        Ok(())
    }
}

impl Exchange {
    fn check(&self, request: &hyper::Request<HyperOutgoingBody>) -> Result<()> {
        let Request { method, url } = &self.request;
        let asked = request.uri().to_string();
        if method != request.method().as_str() || url != &asked {
            bail!("{} {asked} where {method} {url} was recorded", request.method());
        }
        Ok(())
    }
}

impl Response {
    fn arrive(self, end: Option<ErrorCode>, between_bytes_timeout: Duration) -> Result<IncomingResponse> {
        let mut bytes = Bytes::from(self.body.bytes()?);
        let chunks = self.chunks.unwrap_or_else(|| vec![bytes.len()]);
        let mut frames = vec![];
        for chunk in chunks.into_iter().filter(|&chunk| chunk > 0) {
            frames.push(Ok(Frame::data(bytes.split_to(chunk))));
        }
        match end {
            Some(code) => frames.push(Err(code)),
            None if self.trailers.is_empty() => {}
            None => frames.push(Ok(Frame::trailers(header_map(&self.trailers)?))),
        }
        let body = StreamBody::new(futures_util::stream::iter(frames)).boxed();
        let mut resp = hyper::Response::builder().status(self.status).body(body)?;
        *resp.headers_mut() = header_map(&self.headers)?;
        Ok(IncomingResponse {
            resp,
            worker: None,
            between_bytes_timeout,
        })
    }
}

impl Body {
    fn bytes(self) -> Result<Vec<u8>> {
        match self.base64 {
            Some(base64) => Ok(BASE64_STANDARD.decode(base64)?),
            None => Ok(self.text.unwrap_or_default().into_bytes()),
        }
    }
}

impl Failure {
    fn code(&self) -> Result<ErrorCode> {
        let text = self
            .detail
            .as_ref()
            .and_then(|detail| detail.as_str())
            .map(str::to_string);
        Ok(match self.code.as_str() {
            "HTTP-request-denied" => ErrorCode::HttpRequestDenied,
            "HTTP-response-incomplete" => ErrorCode::HttpResponseIncomplete,
            "connection-read-timeout" => ErrorCode::ConnectionReadTimeout,
            "connection-refused" => ErrorCode::ConnectionRefused,
            "connection-terminated" => ErrorCode::ConnectionTerminated,
            "connection-timeout" => ErrorCode::ConnectionTimeout,
            "internal-error" => ErrorCode::InternalError(text),
            other => bail!("this oracle knows no code {other}"),
        })
    }
}

/// Values as Latin-1, a character a byte.
fn header_map(list: &[(String, String)]) -> Result<HeaderMap> {
    let mut map = HeaderMap::new();
    for (name, value) in list {
        let bytes: Vec<u8> = value.chars().map(|c| c as u8).collect();
        map.append(
            HeaderName::from_bytes(name.as_bytes())?,
            HeaderValue::from_bytes(&bytes)?,
        );
    }
    Ok(map)
}

/// The results that the interfaces have: text, and tuples of it.
fn value(json: &serde_json::Value) -> Result<Val> {
    match json {
        serde_json::Value::String(text) => Ok(Val::String(text.clone())),
        serde_json::Value::Array(parts) => Ok(Val::Tuple(parts.iter().map(value).collect::<Result<_>>()?)),
        other => Err(anyhow!("this oracle knows no result {other}")),
    }
}

/// Nanoseconds since the epoch of a time of today such as 2026-01-31T12:00:00.123456789Z.
fn nanoseconds(text: &str) -> Result<u64> {
    let parts: Vec<u64> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|part| part.parse().ok())
        .collect();
    let &[year, month, day, hours, minutes, seconds, fraction] = &parts[..] else {
        bail!("{text} is no time");
    };
    // Days from the civil calendar, years beginning with March.
    let (y, m) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days = y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719_468;
    Ok((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000_000_000 + fraction)
}

fn unhex(digits: &str) -> Result<Vec<u8>> {
    let pairs = (0..digits.len()).step_by(2);
    pairs
        .map(|at| Ok(u8::from_str_radix(&digits[at..at + 2], 16)?))
        .collect()
}

/// A clock's readings in nanoseconds, one after the other; the last one goes on.
struct Readings(Mutex<VecDeque<u64>>);

impl Readings {
    fn next(&self) -> u64 {
        let mut left = self.0.lock().unwrap();
        if left.len() > 1 {
            left.pop_front().unwrap()
        } else {
            left.front().copied().unwrap_or_default()
        }
    }
}

impl HostWallClock for Readings {
    fn resolution(&self) -> Duration {
        Duration::from_nanos(1)
    }
    fn now(&self) -> Duration {
        Duration::from_nanos(self.next())
    }
}

impl HostMonotonicClock for Readings {
    fn resolution(&self) -> u64 {
        1
    }
    fn now(&self) -> u64 {
        self.next()
    }
}

/// Bytes that were drawn. wasmtime asks for a word for each byte, and for one for each 64-bit number.
struct Draws(VecDeque<u8>);

impl rand_core::RngCore for Draws {
    fn next_u32(&mut self) -> u32 {
        self.0.pop_front().unwrap_or_default() as u32
    }
    fn next_u64(&mut self) -> u64 {
        let mut word = [0; 8];
        self.fill_bytes(&mut word);
        u64::from_le_bytes(word)
    }
    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        bytes.fill_with(|| self.0.pop_front().unwrap_or_default());
    }
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand_core::Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}
