//! `glassurn get` against a server on this machine: the right file, another file, nobody there.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    fs,
    io::{Read, Write},
    net::TcpListener,
    path::{Path, PathBuf},
    thread,
};

use assert_cmd::Command;
use tempfile::TempDir;

/// Serves `body` to one request and returns the address.
fn serve(body: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/file", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]).unwrap();
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
    });
    address
}

/// Runs `glassurn get koeln-2013` with a cache of its own.
fn get(cache: &Path, from: &str) -> (i32, String) {
    let mut command = Command::cargo_bin("glassurn").unwrap();
    command.args(["get", "koeln-2013", "--from", from]);
    let output = command.env("XDG_CACHE_HOME", cache).env_remove("GLASSURN_DATA").output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// Files anywhere under a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|e| e.unwrap().path());
    entries.flat_map(|p| if p.is_dir() { files(&p) } else { vec![p] }).collect()
}

/// The published file, where the machine has it.
fn published() -> Option<Vec<u8>> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/raw");
    let folder = std::env::var_os("GLASSURN_DATA").map_or_else(|| beside.into(), PathBuf::from);
    fs::read(folder.join("germany-2013-koeln/result_stimmbezirk.csv")).ok()
}

#[test]
fn the_right_file_is_kept_and_then_known_by_name() {
    let Some(body) = published() else {
        println!("skipped: the_right_file_is_kept_and_then_known_by_name (no data)");
        return;
    };
    let cache = TempDir::new().unwrap();
    let (code, err) = get(cache.path(), &serve(body.clone()));
    assert_eq!(code, 0, "{err}");
    let kept = files(cache.path());
    assert_eq!(kept.len(), 1);
    assert_eq!(fs::read(&kept[0]).unwrap(), body);
    let mut examine = Command::cargo_bin("glassurn").unwrap();
    examine.args(["examine", "koeln-2013", "--no-report"]).current_dir(cache.path());
    examine.env("XDG_CACHE_HOME", cache.path()).env_remove("GLASSURN_DATA").assert().success();
    // A second `get` needs no server.
    assert_eq!(get(cache.path(), "http://127.0.0.1:9/file").0, 0);
}

#[test]
fn another_file_is_refused_and_not_kept() {
    let cache = TempDir::new().unwrap();
    let (code, err) = get(cache.path(), &serve(b"region,votes\n".to_vec()));
    assert_eq!(code, 4, "{err}");
    assert!(err.contains("SHA-256"), "{err}");
    assert!(files(cache.path()).is_empty());
}

#[test]
fn nobody_there_is_said_in_one_line() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let cache = TempDir::new().unwrap();
    let (code, err) = get(cache.path(), &format!("http://127.0.0.1:{port}/file"));
    assert_eq!(code, 5, "{err}");
    assert!(err.lines().count() <= 2 && err.contains("hint: "), "{err}");
    assert!(files(cache.path()).is_empty());
}
