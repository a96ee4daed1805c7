using System.Diagnostics;
using Marketing.Domain.Ports;
using Marketing.Stores.Mongo;
using Marketing.Tests.Contracts;
using Marketing.Tests.Servers;
using Marketing.Tests.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MongoDB.Driver;

namespace Marketing.Tests.Stores.Mongo;

public sealed class MongoTraceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_drivers_commands_are_spans_that_quote_nothing()
    {
        var url = new MongoUrlBuilder(await Server.RequiredAsync("mongodb")) { DatabaseName = $"test_{Guid.NewGuid():N}" }.ToMongoUrl();
        var spans = new SpanCollector();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:mongodb", url.ToString())]);
        builder.Services.AddLogging();
        spans.AddTo(builder.Services);
        builder.AddMongoStores();
        using var host = builder.Build();
        await host.StartAsync(Cancel);
        using var caller = new Activity("test") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        await host.Services.GetRequiredService<IInteractionLog>().AppendAsync([Sample.Chat("a", user: "private-person", text: "confidential")], Cancel);
        await host.Services.GetRequiredService<IInteractionLog>().ReadUserAsync(new("private-person"), null, 5, Cancel);
        await host.Services.GetRequiredService<IMongoClient>().DropDatabaseAsync(url.DatabaseName, Cancel);
        await host.StopAsync(Cancel);

        var ofDriver = spans.Of(caller.TraceId);
        Assert.Contains(ofDriver, span => span.DisplayName.StartsWith("insert", StringComparison.Ordinal));
        Assert.Contains(ofDriver, span => span.DisplayName.StartsWith("find", StringComparison.Ordinal));
        Assert.All(ofDriver.Select(SpanCollector.TextOf), text =>
        {
            Assert.DoesNotContain("private-person", text, StringComparison.Ordinal);
            Assert.DoesNotContain("confidential", text, StringComparison.Ordinal);
        });
    }
}
