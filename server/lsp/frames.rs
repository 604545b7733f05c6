//! The frames of the wire, guarded: the library's decoder ends the session at the first message that
//! it cannot read, so such messages never reach it.

use tokio::io::{
    AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream, duplex,
};

/// Stands in for a message that is not JSON-RPC; its answer is the error.
pub(super) const MALFORMED: &str = "casebook/malformed";

/// No message is longer; one that says it is, is not believed.
const LONGEST: usize = 1 << 30;

/// The same stream with every frame well formed.
pub(super) fn guarded(input: impl AsyncRead + Send + Unpin + 'static) -> DuplexStream {
    let (ours, theirs) = duplex(1 << 16);
    tokio::spawn(pass(BufReader::new(input), ours));
    theirs
}

/// Passes frames on until either side ends.
async fn pass(mut input: impl AsyncBufReadExt + Unpin, mut output: DuplexStream) {
    while let Some(length) = header(&mut input).await {
        let mut body = Vec::new();
        let read = (&mut input).take(length as u64).read_to_end(&mut body).await;
        if !matches!(read, Ok(read) if read == length) {
            break;
        }
        let body = checked(body);
        let head = format!("Content-Length: {}\r\n\r\n", body.len());
        if output.write_all(head.as_bytes()).await.is_err()
            || output.write_all(&body).await.is_err()
        {
            break;
        }
    }
    drop(output.shutdown().await);
}

/// Reads headers up to the empty line; the length they state. Lines that are no headers are passed
/// over, as is a head that states no length. None at the end of the stream.
async fn header(input: &mut (impl AsyncBufReadExt + Unpin)) -> Option<usize> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line).await.ok()? == 0 {
            return None;
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            match length.take() {
                Some(length) if length <= LONGEST => return Some(length),
                Some(length) => tracing::warn!("passed over a message of {length} bytes"),
                None => {}
            }
            continue;
        }
        // After garbage the next head may follow on the same line.
        let lower = line.to_ascii_lowercase();
        match lower.rfind("content-length:") {
            Some(at) => length = line[at + "content-length:".len()..].trim().parse().ok(),
            None if lower.starts_with("content-type:") => {}
            None => tracing::warn!("passed over `{}`", line.chars().take(80).collect::<String>()),
        }
    }
}

/// The body, if it is a JSON-RPC message; else a message whose answer says that it was not.
fn checked(body: Vec<u8>) -> Vec<u8> {
    let wrong = match serde_json::from_slice::<serde_json::Value>(&body) {
        Err(error) => error.to_string(),
        Ok(message) if !message.is_object() => "a message is an object".to_owned(),
        Ok(mut message) => {
            let is_message = message.get("method").is_some_and(serde_json::Value::is_string)
                || message.get("id").is_some_and(|it| it.is_number() || it.is_string());
            if is_message && message.get("jsonrpc").is_some_and(|it| it == "2.0") {
                return body;
            }
            if is_message && message.get("jsonrpc").is_none() {
                // Some clients leave it out.
                message["jsonrpc"] = "2.0".into();
                return serde_json::to_vec(&message).unwrap_or(body);
            }
            "neither a request nor an answer".to_owned()
        }
    };
    tracing::warn!("a message that is not JSON-RPC: {wrong}");
    let stand_in =
        serde_json::json!({ "jsonrpc": "2.0", "id": null, "method": MALFORMED, "params": wrong });
    serde_json::to_vec(&stand_in).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(input: &str, expected: &[&str]) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let input = input.as_bytes().to_vec();
        let passed = runtime.block_on(async move {
            let mut out = String::new();
            let mut guarded = guarded(std::io::Cursor::new(input));
            guarded.read_to_string(&mut out).await.expect("it is text");
            out
        });
        let bodies: Vec<&str> = passed.split("\r\n\r\n").skip(1).collect();
        let bodies = bodies.iter().map(|it| it.split("Content-Length").next().unwrap_or_default());
        assert_eq!(bodies.collect::<Vec<_>>(), expected);
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    const EXIT: &str = r#"{"jsonrpc":"2.0","method":"exit"}"#;

    #[test]
    fn passes_sound_messages_on() {
        check(&(framed(EXIT) + &framed(EXIT)), &[EXIT, EXIT]);
    }

    #[test]
    fn survives_a_body_that_is_not_json() {
        let error = r#"{"id":null,"jsonrpc":"2.0","method":"casebook/malformed","params":"expected value at line 1 column 1"}"#;
        check(&(framed("oh no") + &framed(EXIT)), &[error, EXIT]);
    }

    #[test]
    fn survives_garbage_between_messages() {
        check(&format!("garbage\r\n\r\nContent-Length: x\r\n\r\n{}", framed(EXIT)), &[EXIT]);
        check(&format!("{}garbage{}", framed(EXIT), framed(EXIT)), &[EXIT, EXIT]);
    }
}
