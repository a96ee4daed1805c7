using System.Net;
using System.Security.Claims;
using System.Text;
using Marketing.Api.Limits;
using Marketing.Domain.Ports;
using Marketing.Tests.Servers;
using Marketing.Tests.Stores.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Tests.Api;

/// <summary>Limits of callers: a rate of one request a second, so that a slow machine does not refill the bucket in between.</summary>
public sealed class LimitTests(ApiServer server) : IClassFixture<ApiServer>, IDisposable
{
    private const string Elsewhere = "203.0.113.7";
    private const int ManyRequests = 200;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_address_with_too_many_requests_gets_429_and_learns_when_to_try_again()
    {
        await using var api = Limited(new CallerFrom(Elsewhere), ("Limits:RequestsPerSecondOfAddress", "1"));
        using var client = api.CreateClient();
        using var refused = await UntilRefusedAsync(client);
        var problem = await ApiServer.ReadProblemAsync(refused, 429);
        Assert.Contains("More than 1 requests a second came from this address", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        Assert.True(refused.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task A_key_has_a_limit_of_its_own_whatever_its_address()
    {
        await using var api = Limited(
            new CallerFrom(Elsewhere), ("Limits:RequestsPerSecondOfAddress", "1"), ("Limits:RequestsPerSecondOfKey", "1000000"));
        using var anonymous = api.CreateClient();
        using var refused = await UntilRefusedAsync(anonymous);
        using var known = api.CreateClient();
        known.DefaultRequestHeaders.Add("X-Test-Key", "shop");
        Assert.Equal(200, await StatusAsync(known, "/recommendations/nora"));

        await using var strict = Limited(
            new CallerFrom(Elsewhere), ("Limits:RequestsPerSecondOfAddress", "0"), ("Limits:RequestsPerSecondOfKey", "1"));
        using var first = strict.CreateClient();
        first.DefaultRequestHeaders.Add("X-Test-Key", "shop");
        using var over = await UntilRefusedAsync(first);
        var problem = await ApiServer.ReadProblemAsync(over, 429);
        Assert.Contains("this key", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        using var second = strict.CreateClient();
        second.DefaultRequestHeaders.Add("X-Test-Key", "other");
        Assert.Equal(200, await StatusAsync(second, "/recommendations/nora"));
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task Probes_are_never_limited(string path)
    {
        await using var api = Limited(new CallerFrom(Elsewhere), ("Limits:RequestsPerSecondOfAddress", "1"), ("Limits:BurstSeconds", "1"));
        using var client = api.CreateClient();
        using var refused = await UntilRefusedAsync(client);
        for (var n = 0; n < 20; n++)
        {
            Assert.Equal(200, await StatusAsync(client, path));
        }
    }

    [Fact]
    public async Task Direct_calls_from_this_machine_are_limited_only_on_request()
    {
        await using var open = Limited(new CallerFrom("127.0.0.1"), ("Limits:RequestsPerSecondOfAddress", "1"));
        using var client = open.CreateClient();
        for (var n = 0; n < 50; n++)
        {
            Assert.Equal(200, await StatusAsync(client, "/recommendations/nora"));
        }

        await using var strict = Limited(
            new CallerFrom("127.0.0.1"), ("Limits:RequestsPerSecondOfAddress", "1"), ("Limits:IncludeLoopback", "true"));
        using var other = strict.CreateClient();
        using var refused = await UntilRefusedAsync(other);
    }

    [Fact]
    public async Task What_a_proxy_on_this_machine_forwards_is_limited()
    {
        await using var api = Limited(new CallerFrom("127.0.0.1"), ("Limits:RequestsPerSecondOfAddress", "1"));
        using var client = api.CreateClient();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.1");
        using var refused = await UntilRefusedAsync(client);
    }

    [Fact]
    public async Task A_caller_has_a_bounded_number_of_open_uploads_and_other_requests_pass()
    {
        await using var api = Limited(new CallerFrom(Elsewhere), ("Limits:StreamsOfCaller", "1"));
        using var client = api.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }); // It would buffer the body.
        var open = new OpenBody();
        var upload = client.PostAsync(new Uri("/interactions", UriKind.Relative), open, Cancel);
        var log = api.Services.GetRequiredService<IInteractionLog>();
        await Eventually.TrueAsync("the upload is being read", async () => (await log.StatisticsAsync(Cancel)).Total > 0);

        using var refused = await ApiServer.PostAsync(client, """{"userId":"u","type":"chat","text":"hello"}""", "application/x-ndjson");
        var problem = await ApiServer.ReadProblemAsync(refused, 429);
        Assert.Contains("More than 1 uploads and exports of this address are open", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(429, await StatusAsync(client, "/users/u/export"));
        using var json = await ApiServer.PostAsync(client, """{"userId":"u","type":"chat","text":"hello"}""");
        Assert.Equal(200, (int)json.StatusCode);

        open.End();
        using var done = await upload;
        Assert.Equal(200, (int)done.StatusCode);
        Assert.Equal(200, await StatusAsync(client, "/users/u/export"));
    }

    [Fact]
    public void Addresses_of_one_IPv6_network_share_a_bucket_and_all_buckets_are_bounded()
    {
        Assert.Equal(Bucket("2001:db8:1:2::1"), Bucket("2001:db8:1:2:ffff::9"));
        var buckets = Enumerable.Range(0, 20_000).Select(n => Bucket($"2001:db8:{n:x}::1")).ToHashSet();
        Assert.InRange(buckets.Count, 5_000, 16_384);
        Assert.All(buckets, bucket => Assert.InRange(bucket, 0, 16_383));
        Assert.NotEqual(1, Enumerable.Range(0, 20).Select(n => Bucket($"203.0.113.{n}")).Distinct().Count());

        static int Bucket(string address) => LimitedCaller.BucketOf(IPAddress.Parse(address));
    }

    private static async Task<HttpResponseMessage> UntilRefusedAsync(HttpClient client)
    {
        for (var n = 0; n < ManyRequests; n++)
        {
            var response = await client.GetAsync(new Uri("/recommendations/nora", UriKind.Relative), Cancel);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                return response;
            }

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            response.Dispose();
        }

        throw new InvalidOperationException("No request was refused.");
    }

    private static async Task<int> StatusAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return (int)response.StatusCode;
    }

    private WebApplicationFactory<Program> Limited(CallerFrom caller, params (string Name, string Value)[] settings) =>
        server.WithWebHostBuilder(builder =>
        {
            builder.UseSetting("Storage:DataDirectory", Directory.CreateDirectory(Path.Combine(_folder.Path, Guid.NewGuid().ToString("N"))).FullName);
            builder.UseSetting("Access:Anonymous", "true");
            foreach (var (name, value) in settings)
            {
                builder.UseSetting(name, value);
            }

            builder.ConfigureTestServices(services => services.AddSingleton<IStartupFilter>(caller).AddSingleton<IStartupFilter>(new KeyHeader()));
        });

    /// <summary>Authenticates a request by a test header.</summary>
    private sealed class KeyHeader : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) =>
            {
                if (context.Request.Headers["X-Test-Key"].ToString() is { Length: > 0 } key)
                {
                    context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, key)], "key"));
                }

                return rest(context);
            });
            next(app);
        };
    }

    /// <summary>An NDJSON body that stays open until it is ended.</summary>
    private sealed class OpenBody : HttpContent
    {
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public OpenBody() => Headers.ContentType = new("application/x-ndjson");

        public void End() => _end.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var n = 0; n < 20; n++)
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes($$"""{"userId":"u","type":"chat","text":"hello {{n}}"}""" + "\n"));
            }

            await stream.FlushAsync();
            await _end.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
