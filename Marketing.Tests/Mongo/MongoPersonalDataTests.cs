using Marketing.Tests.Contracts;

namespace Marketing.Tests.Mongo;

public sealed class MongoPersonalDataTests : PersonalDataContract
{
    protected override Task<ILogStores> OpenAsync() => MongoLogStores.OpenAsync();
}
