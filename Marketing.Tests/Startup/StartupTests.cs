using System.Net;
using System.Net.Sockets;
using Marketing.Tests.Stores.Sqlite;
using Microsoft.Data.Sqlite;

namespace Marketing.Tests.Startup;

/// <summary>Invalid settings end the program immediately, with a sentence that explains them; no server is needed.</summary>
public sealed class StartupTests : IDisposable
{
    private const string Secret = "s3cret-of-the-operator";

    private readonly TemporaryFolder _folder = new();

    /// <summary>Each server, with a connection string for a given port.</summary>
    public static TheoryData<string, string, string> Servers() => new()
    {
        { "mongodb", $"mongodb://someone:{Secret}@127.0.0.1:PORT/marketing", "MongoDB at 127.0.0.1:PORT (ConnectionStrings:mongodb) does not respond." },
        { "bigquery", "Project=test;Endpoint=http://127.0.0.1:PORT", "BigQuery at http://127.0.0.1:PORT/, project test (ConnectionStrings:bigquery) does not respond." },
#if HAS_NEO4J_DRIVER
        { "neo4j", $"bolt://neo4j:{Secret}@127.0.0.1:PORT", "Neo4j at bolt://127.0.0.1:PORT/ (ConnectionStrings:neo4j) does not respond." },
#endif
#if HAS_MILVUS_CLIENT
        { "milvus", $"Endpoint=http://127.0.0.1:PORT;Key=root:{Secret}", "Milvus at http://127.0.0.1:PORT/ (ConnectionStrings:milvus) does not respond." },
#endif
    };

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_server_that_is_not_there_ends_the_program_with_a_sentence(string name, string connectionString, string sentence)
    {
        var run = await ApiAsync(name, connectionString.Replace("PORT", "1", StringComparison.Ordinal));
        run.AssertSaid(sentence.Replace("PORT", "1", StringComparison.Ordinal), never: Secret);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_server_that_takes_connections_and_says_nothing_ends_it_too(string name, string connectionString, string sentence)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = $"{((IPEndPoint)listener.LocalEndpoint).Port}";
        var run = await ApiAsync(name, connectionString.Replace("PORT", port, StringComparison.Ordinal));
        run.AssertSaid(sentence.Replace("PORT", port, StringComparison.Ordinal), never: Secret);
    }

    [Theory]
    [InlineData("mongodb", $"someone:{Secret}@host")]
    [InlineData("bigquery", $"Key={Secret}")]
    [InlineData("redis", $"host:6379,pasword={Secret}")]
#if HAS_NEO4J_DRIVER
    [InlineData("neo4j", $"neo4j:{Secret}@host:7687")]
#endif
#if HAS_MILVUS_CLIENT
    [InlineData("milvus", $"Key=root:{Secret}")]
#endif
    public async Task A_connection_string_that_is_none_ends_the_program_and_is_not_shown(string name, string connectionString)
    {
        var run = await ApiAsync(name, connectionString);
        run.AssertSaid($"ConnectionStrings:{name} must be ", never: Secret);
    }

#if HAS_NEO4J_DRIVER && HAS_MILVUS_CLIENT
    [Fact]
    public async Task The_worker_says_it_in_the_same_way()
    {
        var run = await ProgramRun.RunAsync("Marketing.Ingest", _folder.Path, new Dictionary<string, string>
        {
            ["ConnectionStrings__neo4j"] = $"bolt://neo4j:{Secret}@127.0.0.1:1",
            ["ConnectionStrings__milvus"] = "Endpoint=http://127.0.0.1:1",
            ["ConnectionStrings__redis"] = $"127.0.0.1:1,password={Secret}",
        });
        run.AssertSaid("(ConnectionStrings:neo4j) does not respond.", never: Secret);
    }
#endif

    [Fact]
    public async Task A_log_of_a_newer_version_ends_the_program()
    {
        await ExecuteAsync("log.db", "PRAGMA user_version=1000");
        (await ApiAsync("", "")).AssertSaid("was written by a newer version of this program");
    }

    [Fact]
    public async Task An_address_that_is_taken_ends_the_program()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var run = await ProgramRun.RunAsync("Marketing.Api", _folder.Path, new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}",
        });
        run.AssertSaid("address already in use", never: "crit");
    }

    /// <summary>Before the program handles signals, the operating system ends it; afterward it shuts down gracefully.</summary>
    [Fact]
    public async Task A_process_that_is_told_to_stop_while_it_starts_stops_without_an_error()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var random = new Random(11);
        for (var time = 0; time < 10; time++)
        {
            var run = await ProgramRun.TerminateAsync("Marketing.Api", _folder.Path, TimeSpan.FromMilliseconds(random.Next(30, 1_500)));
            Assert.True(run.ExitCode is 0 or 143, $"{run.ExitCode}\n{run.Error}\n{run.Output}");
            Assert.DoesNotContain("Unhandled", run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("crit", run.Output, StringComparison.Ordinal);
            Assert.True(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length <= 1, run.Error);
        }
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "http://0.0.0.0:0")]
    [InlineData("ASPNETCORE_URLS", "http://localhost:0;http://[::]:0")]
    [InlineData("ASPNETCORE_URLS", "http://some-name:0")]
    [InlineData("ASPNETCORE_URLS", "http://unix:/tmp/marketing-test.sock")]
    [InlineData("Kestrel__Endpoints__Any__Url", "http://*:0")]
    [InlineData("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true")]
    public async Task Without_credentials_the_api_does_not_start_where_others_can_reach_it(string variable, string value)
    {
        var run = await ProgramRun.RunAsync("Marketing.Api", _folder.Path, new Dictionary<string, string> { [variable] = value });
        run.AssertSaid("set Access:AdminKey, Access:Keys or Access:Authority, or let everybody in on purpose with Access:Anonymous=true");
    }

    [Theory]
    [InlineData("Access__AdminKey", "0123456789abcdef0123456789abcdef")]
    [InlineData("Access__Anonymous", "true")]
    public async Task With_credentials_or_on_purpose_it_does(string variable, string value)
    {
        var run = await ProgramRun.TerminateWhenAsync("Marketing.Api", _folder.Path, "The API is at", new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = "http://0.0.0.0:0",
            [variable] = value,
        });
        Assert.True(run.ExitCode == 0, $"{run.ExitCode}\n{run.Error}\n{run.Output}");
        Assert.Equal(variable == "Access__Anonymous", run.Output.Contains("Access:Anonymous is on", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Admin__Token", "0123456789abcdef0123456789abcdef", "use Access:AdminKey")]
    [InlineData("Admin__MaxFailures", "3", "use Access:MaxFailures")]
    [InlineData("Access__Keys__0__Key", "0123456789abcdef0123456789abcdef", "Access:Keys:0:Name must be a string")]
    [InlineData("Access__Audience", "marketing", "Access:Audience needs Access:Authority")]
    [InlineData("Access__Authority", "https://issuer.example", "Access:Audience must be set")]
    [InlineData("Access__Authority", "http://issuer.example", "Access:Authority must be the https address")]
    [InlineData("Access__ScopeClaim", "", "Access:ScopeClaim must be")]
    [InlineData("Access__MaxFailures", "0", "MaxFailures")]
    public async Task A_setting_that_is_incomplete_or_has_another_name_now_ends_the_program(string variable, string value, string words)
    {
        var run = await ProgramRun.RunAsync("Marketing.Api", _folder.Path, new Dictionary<string, string> { [variable] = value });
        run.AssertSaid(words);
    }

    [Theory]
    [InlineData("users:read everything", "0123456789abcdef0123456789abcdef", "Access:Keys:0:Scopes must be one or more of interactions:write")]
    [InlineData("", "0123456789abcdef0123456789abcdef", "Access:Keys:0:Scopes must be")]
    [InlineData("users:read", "short", "Access:Keys:0:Key must have at least 32 characters")]
    public async Task A_key_of_the_configuration_that_is_not_one_ends_the_program(string scopes, string key, string words)
    {
        var run = await ProgramRun.RunAsync("Marketing.Api", _folder.Path, new Dictionary<string, string>
        {
            ["Access__Keys__0__Name"] = "shop",
            ["Access__Keys__0__Key"] = key,
            ["Access__Keys__0__Scopes"] = scopes,
        });
        run.AssertSaid(words, never: key);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("letmein-letmein-letmein-letmein")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("a secret of ours, with spaces 123")]
    public async Task A_secret_that_can_be_guessed_or_not_be_sent_ends_the_program_and_is_not_shown(string secret)
    {
        var run = await ProgramRun.RunAsync("Marketing.Api", _folder.Path, new Dictionary<string, string> { ["Access__AdminKey"] = secret });
        run.AssertSaid("Access:AdminKey must ", never: secret.Length > 1 ? secret : null);
    }

    public void Dispose() => _folder.Dispose();

    private Task<ProgramRun> ApiAsync(string name, string connectionString) => ProgramRun.RunAsync(
        "Marketing.Api",
        _folder.Path,
        new Dictionary<string, string> { [$"ConnectionStrings__{name}"] = connectionString });

    private async Task ExecuteAsync(string file, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, file)};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
