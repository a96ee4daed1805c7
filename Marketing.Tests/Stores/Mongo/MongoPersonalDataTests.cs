using Marketing.Tests.Contracts;

namespace Marketing.Tests.Stores.Mongo;

public sealed class MongoPersonalDataTests : PersonalDataContract
{
    protected override Task<ILogStores> OpenAsync() => MongoLogStores.OpenAsync();
}
