using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Guild.Engine.Tests.Resources.Downloads;

/// <summary>What a client asked for.</summary>
internal sealed record WebRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers)
{
    public string? this[string header] => Headers.GetValueOrDefault(header);
}

/// <summary>How the end of a body is told.</summary>
internal enum BodyLength
{
    Stated,
    Chunked,
    ByClosing,
}

/// <summary>What a server says, and how it misbehaves.</summary>
internal sealed record WebReply(int Status, byte[] Body)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public BodyLength Length { get; init; }

    /// <summary>The length that is stated, if not the right one.</summary>
    public long? StatedLength { get; init; }

    /// <summary>The connection is cut after so many bytes of the body.</summary>
    public int? CutAt { get; init; }

    /// <summary>Nothing more comes after so many bytes of the body, though the connection stays.</summary>
    public int? StallAt { get; init; }

    /// <summary>The body comes in pieces of this size, each after a while.</summary>
    public int? DripSize { get; init; }

    public TimeSpan DripTime { get; init; }

    public static WebReply Of(int status, params (string Name, string Value)[] headers) => new(status, "no file\n"u8.ToArray()) { Headers = headers };

    public static WebReply Redirect(string location, int status = 302) => Of(status, ("Location", location));
}

/// <summary>A small server on this machine that does what a test tells it to. One request a connection, a hundred at most.</summary>
internal sealed class WebServer : IDisposable
{
    private const int MostRequests = 100;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<WebRequest> _requests = new();
    private readonly Func<WebRequest, int, WebReply> _reply;

    /// <summary>Starts a server.</summary>
    /// <param name="reply">Says what is answered to a request; the number is 1 for the first.</param>
    public WebServer(Func<WebRequest, int, WebReply> reply)
    {
        _reply = reply;
        _listener.Start();

        // Not on the test's own threads: those wait for what is downloaded.
        _ = Task.Run(AcceptAsync);
    }

    public WebServer(Func<WebRequest, WebReply> reply)
        : this((request, _) => reply(request))
    {
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Base => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");

    public IReadOnlyList<WebRequest> Requests => [.. _requests];

    public string Url(string path) => $"{Base}/{path}";

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = Task.Run(() => ServeAsync(client, _stop.Token));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken stop)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                if (await ReadAsync(stream, stop) is not { } request || _requests.Count >= MostRequests)
                {
                    return;
                }

                WebReply reply;
                lock (_requests)
                {
                    _requests.Enqueue(request);
                    reply = _reply(request, _requests.Count);
                }

                await WriteAsync(client, stream, reply, stop);
            }
            catch (Exception error) when (error is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The client went away, as clients do.
            }
        }
    }

    private static async Task<WebRequest?> ReadAsync(NetworkStream stream, CancellationToken stop)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        if ((await reader.ReadLineAsync(stop))?.Split(' ') is not [var method, var target, _])
        {
            return null;
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync(stop) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        return new WebRequest(method, target, headers);
    }

    private static async Task WriteAsync(TcpClient client, NetworkStream stream, WebReply reply, CancellationToken stop)
    {
        var head = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {reply.Status} Whatever\r\nConnection: close\r\n"));
        foreach (var (name, value) in reply.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        head.Append(reply.Length switch
        {
            BodyLength.Stated => string.Create(CultureInfo.InvariantCulture, $"Content-Length: {reply.StatedLength ?? reply.Body.Length}\r\n"),
            BodyLength.Chunked => "Transfer-Encoding: chunked\r\n",
            _ => "",
        });
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"{head}\r\n"), stop);

        var length = Math.Min(reply.CutAt ?? int.MaxValue, Math.Min(reply.StallAt ?? int.MaxValue, reply.Body.Length));
        var piece = reply.DripSize ?? Math.Max(1, length);
        for (var at = 0; at < length; at += piece)
        {
            var bytes = reply.Body.AsMemory(at, Math.Min(piece, length - at));
            await WriteAsync(stream, bytes, reply.Length, stop);
            if (reply.DripSize is not null)
            {
                await Task.Delay(reply.DripTime, stop);
            }
        }

        if (reply.StallAt is not null)
        {
            await Task.Delay(Timeout.Infinite, stop);
        }

        if (reply.CutAt is null && reply.Length == BodyLength.Chunked)
        {
            await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), stop);
        }

        // Half-closed and drained, so that the client has all bytes before it sees the end.
        client.Client.Shutdown(SocketShutdown.Send);
        var rest = new byte[1024];
        while (await stream.ReadAsync(rest, stop) > 0)
        {
        }
    }

    private static async Task WriteAsync(NetworkStream stream, ReadOnlyMemory<byte> bytes, BodyLength length, CancellationToken stop)
    {
        if (length != BodyLength.Chunked)
        {
            await stream.WriteAsync(bytes, stop);
            return;
        }

        await stream.WriteAsync(Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{bytes.Length:x}\r\n")), stop);
        await stream.WriteAsync(bytes, stop);
        await stream.WriteAsync("\r\n"u8.ToArray(), stop);
    }
}
