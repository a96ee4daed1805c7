using Marketing.Tests.Contracts;

namespace Marketing.Tests.Stores.Mongo;

public sealed class MongoAuditTrailTests : AuditTrailContract
{
    protected override Task<ILogStores> OpenAsync() => MongoLogStores.OpenAsync();
}
