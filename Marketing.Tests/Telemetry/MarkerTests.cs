using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Marketing.Tests.Servers;
using Marketing.Tests.Stores.Gemini;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Marketing.Tests.Telemetry;

/// <summary>No log line, trace or metric repeats what is sent in any part of a request.</summary>
public sealed class MarkerTests
{
    private const string Marker = "marker-4711";
    private const string Odd = "marker-4711\r\n\u001b[2Jcrit: all is well\u2028\u202e";

    [Fact]
    public async Task No_log_line_trace_or_metric_repeats_what_was_sent()
    {
        using var log = new CollectedLog();
        var measured = new ConcurrentQueue<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = static (instrument, listening) => listening.EnableMeasurementEvents(instrument);
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(instrument, tags));
        listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Note(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument, tags));
        listener.Start();

        await using var server = new TracedServer();
        await using var api = server.WithWebHostBuilder(builder => builder
            .UseSetting("Logging:LogLevel:Default", "Trace")
            .UseSetting("Logging:LogLevel:Microsoft.AspNetCore", "Trace")
            .UseSetting("Logging:LogLevel:Microsoft.Extensions", "Trace")
            .ConfigureLogging(logging => logging.AddProvider(log)));
        using var client = api.CreateClient();
        var trace = ActivityTraceId.CreateRandom();
        var sent = 0;
        foreach (var request in Requests())
        {
            request.Headers.TryAddWithoutValidation("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True((int)response.StatusCode is < 500, $"{request.Method} {request.RequestUri}: {(int)response.StatusCode}");
            sent++;
        }

        await Eventually.TrueAsync("every request has ended", () => Task.FromResult(
            server.Spans.Of(trace).Count(span => span.Kind == ActivityKind.Server) >= sent));

        Assert.Contains("Request starting", log.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Marker, log.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u001b', log.ToString());
        Assert.All(server.Spans.Of(trace).Select(SpanCollector.TextOf), text => Assert.DoesNotContain(Marker, text, StringComparison.OrdinalIgnoreCase));
        Assert.NotEmpty(measured);
        Assert.All(measured, text => Assert.DoesNotContain(Marker, text, StringComparison.OrdinalIgnoreCase));

        void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var (name, value) in tags)
            {
                measured.Enqueue($"{instrument.Name} {name}={value}");
            }
        }
    }

    private static IEnumerable<HttpRequestMessage> Requests()
    {
        foreach (var id in new[] { Marker, Odd, $"{Marker}/x", $"{Marker}%2F", new string('m', 200) + Marker })
        {
            var escaped = Uri.EscapeDataString(id);
            foreach (var path in new[]
            {
                $"/recommendations/{escaped}", $"/users/{escaped}", $"/users/{escaped}/interactions", $"/users/{escaped}/similar",
                $"/users/{escaped}/export", $"/campaigns/{escaped}", $"/admin/projections/{escaped}/rebuild", $"/admin/jobs/{escaped}",
                $"/admin/dead-letters/{escaped}/replay", $"/nothing/{escaped}", $"/{escaped}",
            })
            {
                yield return new(HttpMethod.Get, path);
                yield return new(HttpMethod.Post, path);
                yield return new(HttpMethod.Delete, path);
                yield return Json(HttpMethod.Put, path, $$"""{"attributes":{"{{Marker}}":"{{Marker}}"},"{{Marker}}":1}""");
            }

            foreach (var parameter in new[] { "limit", "strategy", "explain", "cursor", "window", "by", escaped })
            {
                yield return With(new(HttpMethod.Get, $"/recommendations/u?{parameter}={escaped}"), "Accept", "image/png");
                yield return new(HttpMethod.Get, $"/users/u/interactions?{parameter}={escaped}");
                yield return new(HttpMethod.Get, $"/analytics/campaigns?{parameter}={escaped}");
                yield return new(HttpMethod.Get, $"/admin/dead-letters?{parameter}={escaped}");
            }
        }

        var text = System.Text.Json.JsonSerializer.Serialize(Odd);
        foreach (var body in new[]
        {
            $$"""{"userId":"{{Marker}}","type":"chat","text":{{text}},"eventId":"{{Marker}}"}""",
            $$"""{"userId":"{{Marker}}","type":"click","campaignId":"{{Marker}}"}""",
            $$"""{"userId":{{text}},"type":{{text}},"campaignId":{{text}},"occurredAt":{{text}},"properties":{{text}}}""",
            $$"""[{"{{Marker}}":{{text}}},{{text}}]""", $"[{Marker}", Marker,
        })
        {
            yield return Json(HttpMethod.Post, "/interactions", body);
            yield return Json(HttpMethod.Post, "/interactions", body, "application/x-ndjson");
            yield return Json(HttpMethod.Post, "/interactions", body, $"application/{Marker}");
        }

        foreach (var header in new[] { "User-Agent", "Referer", "Origin", "Authorization", "X-Forwarded-For", "Cookie", "Accept", "Accept-Encoding", "X-Request-Id", "Host" })
        {
            yield return With(new(HttpMethod.Get, "/users/u"), header, $"{Marker}.example");
            yield return With(new(HttpMethod.Get, "/admin/dead-letters"), header, $"{Marker}.example");
        }

        yield return new(new HttpMethod(Marker), "/users/u");
    }

    private static HttpRequestMessage Json(HttpMethod method, string path, string body, string type = "application/json") =>
        new(method, path) { Content = new StringContent(body, Encoding.UTF8, type) };

    private static HttpRequestMessage With(HttpRequestMessage request, string header, string value)
    {
        request.Headers.TryAddWithoutValidation(header, value);
        return request;
    }
}
