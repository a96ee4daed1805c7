using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Ingest;
using Marketing.Stores;
using Marketing.Stores.Backups;
using Marketing.Tests.Contracts;
using Marketing.Tests.Stores.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Tests.Backups;

/// <summary>A data directory, a folder of backups, and the commands between them.</summary>
internal sealed class BackupWorld : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The folder of the backups.</summary>
    public string Backups => Path.Combine(_folder.Path, "backups");

    /// <summary>The product's data directory.</summary>
    public string Data => Path.Combine(_folder.Path, "data");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Returns the path of another data directory, which does not exist yet.</summary>
    public string Elsewhere(string name = "elsewhere") => Path.Combine(_folder.Path, name);

    /// <summary>Opens the log of a data directory.</summary>
    public static IHost OpenLog(string data)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Storage:DataDirectory", data)]);
        builder.AddMarketingLog();
        return builder.Build();
    }

    /// <summary>Puts a few records of every kind into the log.</summary>
    public async Task FillAsync(int interactions = 20)
    {
        using var host = OpenLog(Data);
        var catalog = host.Services.GetRequiredService<ICatalog>();
        await catalog.PutCampaignsAsync([new Campaign(new CampaignId("c-1"), "One", "card"), new Campaign(new CampaignId("c-2"), "Two", "loan")], Cancel);
        await catalog.DeleteCampaignAsync(new CampaignId("c-2"), Cancel);
        await catalog.PutUserAsync(new UserProfile(new UserId("u-1"), new Dictionary<string, string> { ["segment"] = "student" }), Cancel);
        await host.Services.GetRequiredService<IInteractionLog>().AppendAsync(
            [.. Enumerable.Range(0, interactions).Select(i => Sample.Chat($"e-{i}", $"u-{i % 5}", minutes: i))], Cancel);
        await host.Services.GetRequiredService<IDeadLetters>().AddAsync(
            [new DeadLetter("d-1", "kafka", "not JSON", Sample.Noon, null, null, """{"user_id":"u-3","text":"help"}""")], Cancel);
        await host.Services.GetRequiredService<IAuditTrail>().AppendAsync(
            [new AuditEntry(AuditId.New(Sample.Noon), Sample.Noon, AuditAction.UsersExport, new AuditActor("k-1", "shop"), "10.0.3.17", AuditTarget.User(new UserId("u-9")), 200)], Cancel);
    }

    /// <summary>Makes a backup as another process would.</summary>
    public async Task<BackupResult> BackUpAsync(int? keep = null)
    {
        using var host = OpenLog(Data);
        return await host.Services.GetRequiredService<ILogBackup>().RunAsync(Backups, keep, static (_, _) => { }, Cancel);
    }

    public static async Task<VerifiedBackup> VerifyAsync(string path)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddVerifyCommand(TextWriter.Null);
        using var host = builder.Build();
        return await host.Services.GetRequiredService<IBackupCheck>().VerifyAsync(path, Cancel);
    }

    /// <summary>Restores the newest backup.</summary>
    public Task<RestoredBackup> RestoreAsync(string to, bool replace = false) => RestoreAsync(Backups, to, replace);

    public static async Task<RestoredBackup> RestoreAsync(string from, string to, bool replace)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddRestoreCommand(to, TextWriter.Null);
        using var host = builder.Build();
        return await host.Services.GetRequiredService<ILogRestore>().RestoreAsync(from, replace, Cancel);
    }

    public void Dispose() => _folder.Dispose();
}
