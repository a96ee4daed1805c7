using Marketing.Tests.Contracts;

namespace Marketing.Tests.Stores.Mongo;

public sealed class MongoInteractionLogTests : InteractionLogContract
{
    protected override Task<ILogStores> OpenAsync() => MongoLogStores.OpenAsync();
}
