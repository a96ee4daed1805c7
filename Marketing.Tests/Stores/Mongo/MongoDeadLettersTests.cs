using Marketing.Tests.Contracts;

namespace Marketing.Tests.Stores.Mongo;

public sealed class MongoDeadLettersTests : DeadLettersContract
{
    protected override Task<ILogStores> OpenAsync() => MongoLogStores.OpenAsync();
}
