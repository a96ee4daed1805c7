using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Marketing.Tests.Api;

/// <summary>A raw HTTP request, because client libraries normalize URLs.</summary>
internal static class RawRequest
{
    /// <summary>Sends one request and reads the whole response.</summary>
    public static async Task<RawResponse> SendAsync(Uri server, string method, string target, byte[]? body = null, params string[] headers)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Host, server.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        var head = new StringBuilder($"{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        foreach (var header in headers)
        {
            head.Append(header).Append("\r\n");
        }

        if (body is not null)
        {
            head.Append(System.Globalization.CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        }

        head.Append("\r\n");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(head.ToString()), TestContext.Current.CancellationToken);
        await stream.WriteAsync(body ?? [], TestContext.Current.CancellationToken);
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer, TestContext.Current.CancellationToken);
        return RawResponse.Parse(answer.ToArray());
    }

    /// <summary>Sends one request with a JSON body.</summary>
    public static Task<RawResponse> SendJsonAsync(Uri server, string method, string target, string json) =>
        SendAsync(server, method, target, Encoding.UTF8.GetBytes(json), "Content-Type: application/json");

    /// <summary>Percent-encodes every byte that is not a letter or a digit.</summary>
    public static string Encode(string id) => string.Concat(Encoding.UTF8.GetBytes(id).Select(static value =>
        char.IsAsciiLetterOrDigit((char)value) ? ((char)value).ToString() : $"%{value:X2}"));
}

/// <summary>A raw HTTP response.</summary>
internal sealed record RawResponse(int Status, Dictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonElement.Parse(Body);

    public static RawResponse Parse(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        var lines = Encoding.ASCII.GetString(bytes[..end]).Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var body = bytes[(end + 4)..];
        return new RawResponse(
            int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture),
            headers,
            headers.ContainsKey("Transfer-Encoding") && body.Length > 0 ? Join(body) : Encoding.UTF8.GetString(body));
    }

    /// <summary>Joins a chunked body.</summary>
    private static string Join(ReadOnlySpan<byte> bytes)
    {
        List<byte> body = [];
        while (true)
        {
            var lineEnd = bytes.IndexOf("\r\n"u8);
            var size = Convert.ToInt32(Encoding.ASCII.GetString(bytes[..lineEnd]), 16);
            if (size == 0)
            {
                return Encoding.UTF8.GetString([.. body]);
            }

            body.AddRange(bytes.Slice(lineEnd + 2, size));
            bytes = bytes[(lineEnd + size + 4)..];
        }
    }
}
