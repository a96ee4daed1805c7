using Marketing.Tests.Contracts;

namespace Marketing.Tests.Mongo;

public sealed class MongoDeadLettersTests : DeadLettersContract
{
    protected override Task<ILogStores> OpenAsync() => MongoLogStores.OpenAsync();
}
