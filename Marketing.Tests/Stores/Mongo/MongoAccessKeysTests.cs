using Marketing.Domain.Ports;
using Marketing.Stores.Mongo;
using Marketing.Tests.Contracts;
using Marketing.Tests.Servers;
using MongoDB.Driver;

namespace Marketing.Tests.Stores.Mongo;

public sealed class MongoAccessKeysTests : AccessKeysContract
{
    protected override async Task<IKeyStore> OpenAsync() => new MongoKeyStore(await Server.RequiredAsync("mongodb"));

    private sealed class MongoKeyStore(string connectionString) : IKeyStore
    {
        private readonly string _name = $"test_{Guid.NewGuid():N}";
        private readonly List<MongoClient> _clients = [];
        private IAccessKeys? _keys;

        public IAccessKeys Keys => _keys ??= Open();

        public Task<IAccessKeys> OpenAgainAsync() => Task.FromResult<IAccessKeys>(Open());

        public async ValueTask DisposeAsync()
        {
            await _clients[0].DropDatabaseAsync(_name);
            _clients.ForEach(client => client.Dispose());
        }

        private MongoAccessKeys Open()
        {
            _clients.Add(new MongoClient(connectionString));
            return new MongoAccessKeys(new MongoContext(_clients[^1].GetDatabase(_name)));
        }
    }
}
