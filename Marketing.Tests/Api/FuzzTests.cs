using System.Globalization;
using System.Text;

namespace Marketing.Tests.Api;

/// <summary>
/// Sends malformed requests to every operation in the OpenAPI document. Runs are short; MARKETING_FUZZ_REQUESTS and
/// MARKETING_FUZZ_SEED make longer ones.
/// </summary>
public sealed class FuzzTests(SocketServer server) : IClassFixture<SocketServer>
{
    private static readonly string[] Nasty =
    [
        "", " ", "%", "%00", "%zz", "%FF%FE", "%ED%A0%80", "%2e%2e", "..", "%2F", "%252F", "null", "NaN", "-1", "0", "99999999999999999999", "1e9", "true",
        "%F0%9F%99%82", "'; DROP TABLE users;--", "<script>", "\\", "{}", "[]", "a".PadRight(300, 'a'), "%0D%0AX: y", "🙂", "\u202E", "zzzz", "7d", "0d", "+", "a;b",
    ];

    private static readonly string[] Bodies =
    [
        "", "{", "[", "[[[[[[", "{}", "[]", "null", "7", "\"\"", "[null]", "{\"\\ud800\":1}", "{\"userId\":\"\\udc00\"}", "{\"userId\":{}}", "{\"name\":[]}",
        "{\"name\":\"n\",\"startsAt\":\"9999-12-31T23:59:59-23:59\"}", "{\"name\":\"n\",\"frequencyCap\":{\"maxViews\":1e400,\"window\":\"9999d\"}}",
        "{\"attributes\":{\"a\":\"b\",\"a\":\"c\"}}", "{\"attributes\":null}", "{\"name\":\"n\",\"audience\":{\"\":[\"\"]}}", "\uFEFF{}", "{}\n{}\n", "\n\n\n", "\0\0\0",
        "{\"userId\":\"u\",\"type\":\"view\",\"campaignId\":\"c\",\"occurredAt\":\"0001-01-01T00:00:00+23:59\"}",
        "{\"userId\":\"u\",\"type\":\"chat\",\"text\":\"" + "x".PadRight(9_000, 'x') + "\"}", "[" + string.Concat(Enumerable.Repeat("{},", 99)) + "{}]",
        new('[', 5_000), "{\"properties\":" + new string('[', 2_000) + "}",
    ];

    private static readonly string[] Headers =
    [
        "Content-Type: application/json", "Content-Type: application/x-ndjson", "Content-Type: text/plain", "Content-Type: application/json; charset=utf-7",
        "Content-Type: ;;;", "Content-Encoding: gzip", "Content-Encoding: br", "Content-Encoding: deflate", "Content-Encoding: nonsense", "Accept: image/png",
        "Accept: ;;q=x", "Accept-Encoding: br", "Accept-Encoding: *;q=0", "Range: bytes=0-1", "Expect: 100-continue", "If-Match: x", "X-HTTP-Method-Override: DELETE",
        "Authorization: Bearer x", "Origin: http://evil.example", "traceparent: 00-x", "Cookie: a=b", "Host: ",
    ];

    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "FOO"];

    [Fact]
    public async Task No_malformed_request_is_the_servers_fault()
    {
        var random = new Random(Setting("MARKETING_FUZZ_SEED", 20261127));
        var operations = await OperationsAsync();
        var statuses = new SortedDictionary<int, int>();
        for (var count = Setting("MARKETING_FUZZ_REQUESTS", 500); count > 0; count--)
        {
            var operation = operations[count % operations.Count];
            var method = random.Next(10) > 0 ? operation.Method : Pick(random, Methods);
            var target = Target(random, operation.Path, operation.Query);
            var body = random.Next(3) > 0 ? Body(random) : null;
            string[] headers = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Pick(random, Headers)).Where(header => header != "Expect: 100-continue" || body is null)];
            var answer = await RawRequest.SendAsync(server.Address, method, target, body, headers);
            statuses[answer.Status] = statuses.GetValueOrDefault(answer.Status) + 1;
            Assert.True(answer.Status < 500, $"{answer.Status} to {method} {target} {string.Join(" | ", headers)} {Encoding.UTF8.GetString(body ?? [])}: {answer.Body}");
            if (answer is { Status: >= 400, Body.Length: > 0 } && !answer.Headers.ContainsKey("Content-Encoding"))
            {
                Assert.Equal("application/problem+json", answer.Headers["Content-Type"]);
            }
        }

        TestContext.Current.SendDiagnosticMessage(string.Join(", ", statuses.Select(status => $"{status.Key}: {status.Value}")));
        Assert.Equal(200, (await RawRequest.SendAsync(server.Address, "GET", "/health")).Status);
    }

    private static string Target(Random random, string path, string[] query)
    {
        var segments = path.Split('/').Select(segment => segment.StartsWith('{') ? random.Next(4) == 0 ? "u" : Nasties(random) : segment);
        var target = new StringBuilder(string.Join('/', segments));
        for (var i = random.Next(4); i > 0; i--)
        {
            target.Append(target.ToString().Contains('?', StringComparison.Ordinal) ? '&' : '?')
                .Append(query.Length > 0 && random.Next(4) > 0 ? Pick(random, query) : Nasties(random))
                .Append('=').Append(Nasties(random));
        }

        // Spaces would end the target and line breaks the header; everything else is sent unchanged.
        return target.ToString().Replace(" ", "%20", StringComparison.Ordinal);
    }

    private static byte[] Body(Random random)
    {
        var body = Encoding.UTF8.GetBytes(Pick(random, Bodies));
        for (var i = random.Next(3); i > 0 && body.Length > 0; i--)
        {
            body[random.Next(body.Length)] = (byte)random.Next(256);
        }

        return body;
    }

    private static string Nasties(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 3)).Select(_ => Pick(random, Nasty)));

    private static string Pick(Random random, string[] values) => values[random.Next(values.Length)];

    private static int Setting(string name, int value) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var set) ? set : value;

    private async Task<List<(string Method, string Path, string[] Query)>> OperationsAsync()
    {
        var document = (await RawRequest.SendAsync(server.Address, "GET", "/openapi/v1.json")).Json;
        return [.. document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => (
            operation.Name.ToUpperInvariant(),
            path.Name,
            operation.Value.TryGetProperty("parameters", out var parameters)
                ? parameters.EnumerateArray().Where(static parameter => parameter.GetProperty("in").GetString() == "query")
                    .Select(static parameter => parameter.GetProperty("name").GetString()!).ToArray()
                : Array.Empty<string>())))];
    }
}
