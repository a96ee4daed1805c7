using Marketing.Tests.Contracts;
using Marketing.Tests.Servers;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Marketing.Tests.Stores.Mongo;

public sealed class MongoInteractionQueueTests : InteractionQueueContract
{
    [Fact]
    public override async Task Concurrent_claimers_never_share_and_leave_nothing()
    {
        var build = await new MongoClient(await Server.RequiredAsync("mongodb")).GetDatabase("admin")
            .RunCommandAsync<BsonDocument>(new BsonDocument("buildInfo", 1), cancellationToken: TestContext.Current.CancellationToken);
        Assert.SkipWhen(build.Names.Any(name => name.StartsWith("ferretdb", StringComparison.Ordinal)), "needs atomic updates, which MongoDB has and FerretDB 1.x has not");
        await base.Concurrent_claimers_never_share_and_leave_nothing();
    }

    protected override Task<ILogStores> OpenAsync() => MongoLogStores.OpenAsync();
}
