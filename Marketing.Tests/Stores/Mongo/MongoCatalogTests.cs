using Marketing.Tests.Contracts;

namespace Marketing.Tests.Stores.Mongo;

public sealed class MongoCatalogTests : CatalogContract
{
    protected override Task<ILogStores> OpenAsync() => MongoLogStores.OpenAsync();
}
