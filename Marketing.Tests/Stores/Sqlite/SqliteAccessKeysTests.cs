using Marketing.Domain.Ports;
using Marketing.Stores;
using Marketing.Stores.Sqlite.Access;
using Marketing.Tests.Contracts;
using Microsoft.Extensions.Options;

namespace Marketing.Tests.Stores.Sqlite;

public sealed class SqliteAccessKeysTests : AccessKeysContract
{
    protected override Task<IKeyStore> OpenAsync() => Task.FromResult<IKeyStore>(new SqliteKeyStore());

    private sealed class SqliteKeyStore : IKeyStore
    {
        private readonly TemporaryFolder _folder = new();
        private readonly List<SqliteAccessKeys> _opened = [];

        public SqliteKeyStore() => Keys = Open();

        public IAccessKeys Keys { get; }

        public Task<IAccessKeys> OpenAgainAsync() => Task.FromResult<IAccessKeys>(Open());

        public ValueTask DisposeAsync()
        {
            _opened.ForEach(keys => keys.Dispose());
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }

        private SqliteAccessKeys Open()
        {
            _opened.Add(new SqliteAccessKeys(Options.Create(new StorageOptions { DataDirectory = _folder.Path })));
            return _opened[^1];
        }
    }
}
