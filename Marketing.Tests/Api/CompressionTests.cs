using System.IO.Compression;
using System.Net;
using System.Text;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Tests.Api;

public sealed class CompressionTests(SocketServer server) : IClassFixture<SocketServer>
{
    private const string Json = "application/json";
    private const string Ndjson = "application/x-ndjson";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZIP")]
    [InlineData("x-gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("identity, gzip")]
    public async Task A_compressed_body_is_taken_as_if_it_had_come_plain(string coding)
    {
        foreach (var type in new[] { Json, Ndjson })
        {
            var text = $"{coding} as {type}";
            var plain = Encoding.UTF8.GetBytes($$"""{"userId":"compressed","type":"chat","text":"{{text}}"}""");
            var answer = await SendAsync("/interactions", Compress(coding, plain), type, coding);
            Assert.Equal((200, 1), (answer.Status, answer.Json.GetProperty("accepted").GetInt64()));
        }

        var put = await RawRequest.SendAsync(
            server.Address, "PUT", "/campaigns/compressed", Compress(coding, "{\"name\":\"n\"}"u8), $"Content-Type: {Json}", $"Content-Encoding: {coding}");
        Assert.True(put.Status is 200 or 201, put.Body);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("compress")]
    [InlineData("gzip, gzip")]
    [InlineData("gzip;q=1")]
    public async Task An_unknown_encoding_is_refused_with_those_that_are_taken(string coding)
    {
        var answer = await SendAsync("/interactions", [1, 2, 3], Json, coding);
        Assert.Equal((415, "gzip, deflate, br"), (answer.Status, answer.Headers["Accept-Encoding"]));
        Assert.Contains("gzip, deflate, br", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip", Json)]
    [InlineData("gzip", Ndjson)]
    [InlineData("deflate", Ndjson)]
    [InlineData("br", Ndjson)]
    public async Task A_bomb_is_413_and_is_not_expanded_to_its_end(string coding, string type)
    {
        // Spaces, because invalid JSON gets a 400 at its first byte.
        var blanks = new byte[64 * 1024 * 1024];
        blanks.AsSpan().Fill((byte)' ');
        var bomb = Compress(coding, blanks);
        Assert.Equal(413, (await SendAsync("/interactions", bomb, type, coding)).Status);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task What_is_not_what_it_says_or_ends_early_is_400(string coding)
    {
        var whole = Compress(coding, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 500).Select(line => $"{line * 7919} "))));
        foreach (var body in new[] { "plain text"u8.ToArray(), whole[..(whole.Length / 2)] })
        {
            var answer = await SendAsync("/interactions", body, Ndjson, coding);
            Assert.Equal(400, answer.Status);
            Assert.Contains($"must be valid {coding}", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Lines_of_a_compressed_stream_are_durable_before_it_ends()
    {
        var log = server.Services.GetRequiredService<IInteractionLog>();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var client = new HttpClient { BaseAddress = server.Address };
        using var content = new WrittenWhileSent(async stream =>
        {
            await using var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
            for (var i = 0; i < 20; i++)
            {
                await gzip.WriteAsync(Encoding.UTF8.GetBytes($$"""{"userId":"streamed","type":"chat","text":"line {{i}}"}""" + "\n"), Cancellation);
            }

            await gzip.FlushAsync(Cancellation);
            await stream.FlushAsync(Cancellation);
            while ((await log.ReadUserAsync(new UserId("streamed"), null, 50, deadline.Token)).Items.Count < 7)
            {
                await Task.Delay(10, deadline.Token);
            }
        });
        content.Headers.TryAddWithoutValidation("Content-Type", Ndjson);
        content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
        var answer = await ApiServer.ReadAsync(await client.PostAsync(new Uri("/interactions", UriKind.Relative), content, Cancellation), 200);
        Assert.Equal(20, answer.GetProperty("accepted").GetInt64());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Answers_are_compressed_for_those_who_ask(string coding)
    {
        using var client = new HttpClient(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", coding);
        using var response = await client.SendAsync(request, Cancellation);
        Assert.Equal([coding], response.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        using var plain = await client.GetAsync(new Uri("/openapi/v1.json", UriKind.Relative), Cancellation);
        Assert.Empty(plain.Content.Headers.ContentEncoding);
        var compressed = await response.Content.ReadAsByteArrayAsync(Cancellation);
        Assert.True(compressed.Length * 4 < (await plain.Content.ReadAsByteArrayAsync(Cancellation)).Length);
    }

    private static byte[] Compress(string coding, ReadOnlySpan<byte> plain)
    {
        using var buffer = new MemoryStream();
        using (Stream encoder = coding.ToUpperInvariant() switch
        {
            "DEFLATE" => new ZLibStream(buffer, CompressionLevel.Optimal, leaveOpen: true),
            "BR" => new BrotliStream(buffer, CompressionLevel.Optimal, leaveOpen: true),
            _ => new GZipStream(buffer, CompressionLevel.Optimal, leaveOpen: true),
        })
        {
            encoder.Write(plain);
        }

        return buffer.ToArray();
    }

    private Task<RawResponse> SendAsync(string target, byte[] body, string type, string coding) =>
        RawRequest.SendAsync(server.Address, "POST", target, body, $"Content-Type: {type}", $"Content-Encoding: {coding}");

    /// <summary>A body that is generated while it is sent.</summary>
    private sealed class WrittenWhileSent(Func<Stream, Task> write) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => write(stream);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
