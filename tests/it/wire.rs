//! A small editor: it starts the server, speaks to it over its pipe, and keeps what it hears.

use std::{
    collections::{BTreeMap, VecDeque},
    fs,
    io::{BufRead, BufReader, Write},
    path::PathBuf,
    process::{Child, ChildStdin, Command, ExitStatus, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tempfile::TempDir;

/// After so long without the awaited message a test has failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running server and the editor's end of its pipe.
pub(crate) struct Editor {
    pub(crate) child: Child,
    stdin: Option<ChildStdin>,
    heard: Receiver<Value>,
    /// What was heard and not yet asked for.
    kept: VecDeque<Value>,
    next: i64,
    versions: BTreeMap<String, i64>,
    /// What the server answered to `initialize`.
    pub(crate) offer: Value,
    /// Its workspace, if it made one.
    folder: Option<TempDir>,
    /// The offer that it picks when it is asked.
    pub(crate) picks: String,
}

/// A folder of files for a test.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        write(&folder, name, text);
    }
    folder
}

/// Writes one file of a folder.
pub(crate) fn write(folder: &TempDir, name: &str, text: &str) {
    let file = folder.path().join(name);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// The root of a folder as the server sees it.
pub(crate) fn root(folder: &TempDir) -> PathBuf {
    fs::canonicalize(folder.path()).unwrap()
}

/// What a modern editor can do; findings are sent to it.
pub(crate) fn abilities() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"], "markdown": { "parser": "marked" } },
        "window": { "workDoneProgress": true },
        "workspace": {
            "configuration": true,
            "workspaceFolders": true,
            "didChangeWatchedFiles": { "dynamicRegistration": true },
        },
        "textDocument": {
            "definition": { "linkSupport": true },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "completion": { "completionItem": {
                "labelDetailsSupport": true, "documentationFormat": ["markdown"] } },
            "hover": { "contentFormat": ["markdown"] },
            "publishDiagnostics": { "versionSupport": true },
        },
    })
}

impl Editor {
    /// Starts the server without a word.
    pub(crate) fn spawn(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_casebook"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let stdin = child.stdin.take();
        let (say, heard) = channel();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || {
            while let Some(message) = receive(&mut stdout) {
                if say.send(message).is_err() {
                    return;
                }
            }
        });
        Self {
            child,
            stdin,
            heard,
            kept: VecDeque::new(),
            next: 0,
            versions: BTreeMap::new(),
            offer: Value::Null,
            folder: None,
            picks: String::new(),
        }
    }

    /// Starts a server on a folder of these files and waits until it has read them.
    pub(crate) fn open_folder(files: &[(&str, &str)]) -> Self {
        Self::open_folder_as(files, abilities())
    }

    /// The same for an editor with these abilities.
    pub(crate) fn open_folder_as(files: &[(&str, &str)], abilities: Value) -> Self {
        let folder = folder(files);
        let mut editor = Self::spawn(&["lsp"]);
        let root = root(&folder);
        let params = json!({
            "processId": std::process::id(),
            "workspaceFolders": [{ "uri": format!("file://{}", root.display()), "name": "w" }],
            "capabilities": abilities,
        });
        editor.folder = Some(folder);
        editor.initialize(params);
        editor.wait_until_read(files.iter().filter(|it| it.0.contains(".md")).count());
        editor
    }

    /// Shakes hands.
    pub(crate) fn initialize(&mut self, params: Value) {
        self.offer = self.request("initialize", params)["capabilities"].clone();
        self.notify("initialized", json!({}));
    }

    /// Waits until the server knows so many pages.
    pub(crate) fn wait_until_read(&mut self, pages: usize) {
        self.until("the pages are read", |it| {
            let status = it.command("casebook.status", json!([]));
            status["pages"] == pages
        });
    }

    /// Asks again and again until it is so.
    #[track_caller]
    pub(crate) fn until(&mut self, what: &str, mut test: impl FnMut(&mut Self) -> bool) {
        let start = Instant::now();
        while !test(self) {
            assert!(start.elapsed() < PATIENCE, "waited in vain until {what}");
            thread::yield_now();
        }
    }

    /// The folder of the workspace.
    pub(crate) fn folder(&self) -> &TempDir {
        self.folder.as_ref().unwrap()
    }

    /// The address of a file in it.
    pub(crate) fn uri(&self, name: &str) -> String {
        format!("file://{}/{name}", root(self.folder()).display())
    }

    /// Sends bytes as they are.
    pub(crate) fn send_raw(&mut self, bytes: &[u8]) {
        let stdin = self.stdin.as_mut().unwrap();
        stdin.write_all(bytes).unwrap();
        stdin.flush().unwrap();
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.send_raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    /// Sends a notification.
    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request; its number.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// The whole answer to a request.
    #[track_caller]
    pub(crate) fn answer(&mut self, id: i64) -> Value {
        self.await_message(&format!("the answer to request {id}"), |it| {
            it["id"] == id && it.get("method").is_none()
        })
    }

    /// Sends a request and returns the result.
    #[track_caller]
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// Sends a request and returns the error.
    #[track_caller]
    pub(crate) fn request_error(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_some(), "{method}: {answer}");
        answer["error"].clone()
    }

    /// Runs a command of the server.
    #[track_caller]
    pub(crate) fn command(&mut self, command: &str, arguments: Value) -> Value {
        self.request(
            "workspace/executeCommand",
            json!({ "command": command, "arguments": arguments }),
        )
    }

    /// The next notification of this method.
    #[track_caller]
    pub(crate) fn notification(&mut self, method: &str) -> Value {
        self.await_message(method, |it| it["method"] == method)["params"].clone()
    }

    /// The next message that passes the test; others are kept.
    #[track_caller]
    pub(crate) fn await_message(&mut self, what: &str, test: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.kept.iter().position(&test) {
            return self.kept.remove(at).unwrap();
        }
        let start = Instant::now();
        loop {
            let left = PATIENCE.saturating_sub(start.elapsed());
            match self.heard.recv_timeout(left) {
                Ok(message) => {
                    self.reply(&message);
                    if test(&message) {
                        return message;
                    }
                    self.kept.push_back(message);
                }
                Err(RecvTimeoutError::Timeout) => panic!("waited in vain for {what}"),
                Err(RecvTimeoutError::Disconnected) => panic!("the server is gone; awaited {what}"),
            }
        }
    }

    /// Answers a request of the server as an editor without opinions would.
    fn reply(&mut self, message: &Value) {
        let (Some(id), Some(method)) = (message.get("id"), message["method"].as_str()) else {
            return;
        };
        let result = match method {
            "workspace/configuration" => json!([null]),
            // The offer that the test wants, else the last, which does something.
            "window/showMessageRequest" => message["params"]["actions"]
                .as_array()
                .and_then(|all| {
                    let wanted = |it: &&Value| it["title"].as_str() == Some(&*self.picks);
                    all.iter().find(wanted).or(all.last()).cloned()
                })
                .unwrap_or_default(),
            _ => Value::Null,
        };
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result }));
    }

    /// Opens a page of the folder as it is on disk.
    pub(crate) fn open(&mut self, name: &str) -> String {
        let text = fs::read_to_string(self.folder().path().join(name)).unwrap();
        self.open_with(name, &text)
    }

    /// Opens a page with this text.
    pub(crate) fn open_with(&mut self, name: &str, text: &str) -> String {
        let uri = self.uri(name);
        self.versions.insert(uri.clone(), 1);
        self.notify(
            "textDocument/didOpen",
            json!({ "textDocument": { "uri": uri, "languageId": "markdown", "version": 1, "text": text } }),
        );
        uri
    }

    /// Replaces a range, `[line, character, line, character]`, of an open page.
    pub(crate) fn change(&mut self, uri: &str, range: [u64; 4], text: &str) {
        let version = self.versions.entry(uri.to_owned()).or_insert(1);
        *version += 1;
        let range = json!({
            "start": { "line": range[0], "character": range[1] },
            "end": { "line": range[2], "character": range[3] },
        });
        let params = json!({
            "textDocument": { "uri": uri, "version": *version },
            "contentChanges": [{ "range": range, "text": text }],
        });
        self.notify("textDocument/didChange", params);
    }

    /// The params of a request about a place.
    pub(crate) fn at(uri: &str, line: u64, character: u64) -> Value {
        json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": character } })
    }

    /// Waits for the findings of a page that pass the test; their messages.
    #[track_caller]
    pub(crate) fn findings(&mut self, uri: &str, test: impl Fn(&[String]) -> bool) -> Vec<String> {
        let messages = |it: &Value| {
            let all = it["params"]["diagnostics"].as_array().unwrap().iter();
            all.map(|it| it["message"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let found = self.await_message(&format!("the findings of {uri}"), |it| {
            it["method"] == "textDocument/publishDiagnostics"
                && it["params"]["uri"] == uri
                && test(&messages(it))
        });
        messages(&found)
    }

    /// Closes our end.
    pub(crate) fn hang_up(&mut self) {
        self.stdin = None;
    }

    /// Waits for the process to end.
    #[track_caller]
    pub(crate) fn wait(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(start.elapsed() < PATIENCE, "the server does not end");
            thread::yield_now();
        }
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn receive(input: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().to_ascii_lowercase().strip_prefix("content-length:") {
            Some(number) => length = number.trim().parse().ok()?,
            None if line.trim().is_empty() => break,
            None => {}
        }
    }
    let mut body = vec![0; length];
    input.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
