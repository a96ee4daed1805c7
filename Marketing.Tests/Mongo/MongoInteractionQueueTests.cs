using Marketing.Tests.Contracts;

namespace Marketing.Tests.Mongo;

public sealed class MongoInteractionQueueTests : InteractionQueueContract
{
    protected override Task<ILogStores> OpenAsync() => MongoLogStores.OpenAsync();
}
