using System.Text.Json.Nodes;
using Marketing.Domain.Ports;
using Marketing.Ingest;
using Marketing.Ingest.Backup;
using Marketing.Stores;
using Marketing.Stores.Backups;
using Marketing.Stores.Sqlite.Log;
using Marketing.Tests.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Tests.Backups;

public sealed class BackupTests : IDisposable
{
    private readonly BackupWorld _world = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_backup_under_load_has_what_was_acknowledged_before_it_and_only_whole_appends()
    {
        const int Batch = 7;
        await _world.FillAsync();
        using var host = BackupWorld.OpenLog(_world.Data);
        var log = host.Services.GetRequiredService<IInteractionLog>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var written = 0;
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writing = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    await log.AppendAsync([.. Enumerable.Range(0, Batch).Select(i => Sample.Chat($"load-{written}-{i}", $"u-{i}"))], Cancel);
                    if (++written == 50)
                    {
                        enough.SetResult();
                    }
                }
            },
            Cancel);
        await enough.Task.WaitAsync(Cancel);
        var before = written;
        var made = await _world.BackUpAsync();
        var during = written - before;
        await stop.CancelAsync();
        await writing;

        Assert.True(during > 0, "nothing was written during the backup");
        await BackupWorld.VerifyAsync(made.Folder);
        await _world.RestoreAsync(_world.Elsewhere());
        using var restored = BackupWorld.OpenLog(_world.Elsewhere());
        var total = (await restored.Services.GetRequiredService<IInteractionLog>().StatisticsAsync(Cancel)).Total - 20;
        Assert.True(total >= before * Batch, $"{total} of at least {before * Batch}");
        Assert.Equal(0, total % Batch);
        Assert.Equal(made.Manifest.Interactions, total + 20);
        var database = restored.Services.GetRequiredService<LogDatabase>();
        Assert.True(database.Check(Cancel));
        Assert.Null(database.Damage);
    }

    [Fact]
    public async Task A_backup_can_be_checked_without_the_data_directory_and_describes_every_kind_of_record()
    {
        await _world.FillAsync();
        await _world.BackUpAsync();
        Directory.Delete(_world.Data, recursive: true);

        var verified = await BackupWorld.VerifyAsync(_world.Backups);

        Assert.True(verified.IsCompared);
        var counts = verified.Manifest.Parts.ToDictionary(part => part.Name, part => part.Count);
        Assert.Equal(20, verified.Manifest.Interactions);
        Assert.Equal((1, 1, 1, 1), (counts["campaigns"], counts["deletedCampaigns"], counts["attributes"], counts["deadLetters"]));
        Assert.Equal(1, counts["audit"]);
        Assert.DoesNotContain("accessKeys", counts.Keys);
        Assert.Equal(LogSchema.Schema.Version, verified.Manifest.Schema);
        Assert.NotEqual("unknown", verified.Manifest.Product);
    }

    [Fact]
    public async Task Two_backups_of_the_same_records_have_the_same_digests_and_another_record_changes_one()
    {
        await _world.FillAsync();
        var first = (await _world.BackUpAsync()).Manifest;
        var second = (await _world.BackUpAsync()).Manifest;
        using (var host = BackupWorld.OpenLog(_world.Data))
        {
            await host.Services.GetRequiredService<IInteractionLog>().AppendAsync([Sample.Chat("one more")], Cancel);
        }

        var third = (await _world.BackUpAsync()).Manifest;

        Assert.Equal(first.Parts, second.Parts);
        Assert.Equal(["interactions"], first.Parts.Except(third.Parts).Select(part => part.Name));
    }

    [Fact]
    public async Task Only_the_newest_backups_are_kept_when_told_so_and_what_an_interrupted_one_left_is_removed()
    {
        await _world.FillAsync();
        var left = Directory.CreateDirectory(Path.Combine(_world.Backups, ".partial-1"));
        var first = await _world.BackUpAsync();
        var second = await _world.BackUpAsync();
        var third = await _world.BackUpAsync(keep: 2);

        Assert.Equal(1, third.Deleted);
        Assert.False(Directory.Exists(first.Folder));
        Assert.True(Directory.Exists(second.Folder));
        Assert.False(Directory.Exists(left.FullName));
        Assert.Equal(third.Folder, (await BackupWorld.VerifyAsync(_world.Backups)).Folder);
    }

    [Fact]
    public async Task A_backup_into_the_data_directory_is_refused()
    {
        await _world.FillAsync();
        using var host = BackupWorld.OpenLog(_world.Data);
        var backup = host.Services.GetRequiredService<ILogBackup>();

        var error = await Assert.ThrowsAsync<BackupException>(
            () => backup.RunAsync(Path.Combine(_world.Data, "backups"), null, static (_, _) => { }, Cancel));

        Assert.Contains("is in the data directory", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a byte", "its content has changed since the backup")]
    [InlineData("shorter", "bytes instead of")]
    [InlineData("no log", "log.db is damaged: it is missing")]
    [InlineData("no manifest", "is not a complete backup: it has no manifest.json")]
    [InlineData("manifest of something", "manifest.json is damaged")]
    [InlineData("no JSON", "manifest.json is damaged")]
    [InlineData("newer manifest", "was written by a newer version of this program (format 2")]
    [InlineData("newer tables", "was made by a newer version of this program (schema 99")]
    [InlineData("another count", "campaigns has 1 records instead of 2")]
    [InlineData("another digest", "a record of campaigns has changed since the backup")]
    [InlineData("another log", "it is not the log that the manifest describes")]
    [InlineData("missing", "does not exist")]
    [InlineData("empty", "has no backup")]
    public async Task A_damaged_backup_is_refused_by_check_and_restore_with_the_reason(string damage, string reason)
    {
        await _world.FillAsync();
        var made = await _world.BackUpAsync();
        var path = Damage(made.Folder, damage);

        var found = await Assert.ThrowsAsync<BackupException>(() => BackupWorld.VerifyAsync(path));
        var refused = await Assert.ThrowsAsync<BackupException>(() => BackupWorld.RestoreAsync(path, _world.Elsewhere(), replace: false));

        Assert.Contains(reason, found.Message, StringComparison.Ordinal);
        Assert.Equal(found.Message, refused.Message);
        Assert.False(File.Exists(Path.Combine(_world.Elsewhere(), "log.db")));
    }

    [Fact]
    public async Task A_damaged_page_that_the_manifest_does_not_betray_is_found_by_SQLite()
    {
        await _world.FillAsync(interactions: 500);
        var made = await _world.BackUpAsync();
        var file = Path.Combine(made.Folder, "log.db");
        var bytes = await File.ReadAllBytesAsync(file, Cancel);
        Array.Fill(bytes, (byte)0xFF, bytes.Length - 8192, 4096);
        await File.WriteAllBytesAsync(file, bytes, Cancel);
        ChangeManifest(made.Folder, manifest => manifest["sha256"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)));

        var error = await Assert.ThrowsAsync<BackupException>(() => BackupWorld.VerifyAsync(made.Folder));

        Assert.Contains("is damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_with_data_is_refused_unless_it_is_to_be_replaced_and_then_it_is_kept()
    {
        await _world.FillAsync();
        await _world.BackUpAsync();
        using (var host = BackupWorld.OpenLog(_world.Data))
        {
            await host.Services.GetRequiredService<IInteractionLog>().AppendAsync([Sample.Chat("after the backup")], Cancel);
        }

        var refused = await Assert.ThrowsAsync<BackupException>(() => _world.RestoreAsync(_world.Data));
        var restored = await _world.RestoreAsync(_world.Data, replace: true);

        Assert.Contains("holds data (log.db)", refused.Message, StringComparison.Ordinal);
        Assert.Equal(20, await CountAsync(_world.Data));
        Assert.Equal(21, await CountAsync(restored.Replaced!));
    }

    [Fact]
    public async Task A_restore_brings_back_the_audit_trail_of_the_backup_and_adds_itself()
    {
        await _world.FillAsync();
        var made = await _world.BackUpAsync();
        using (var host = BackupWorld.OpenLog(_world.Data))
        {
            await host.Services.GetRequiredService<IAuditTrail>().AppendAsync(
                [new AuditEntry(AuditId.New(Sample.Noon), Sample.Noon, AuditAction.CampaignsPut, new AuditActor("k-1", "shop"), null, null, 200)], Cancel);
        }

        await _world.RestoreAsync(_world.Elsewhere());

        using var restored = BackupWorld.OpenLog(_world.Elsewhere());
        var trail = restored.Services.GetRequiredService<IAuditTrail>();
        var entries = (await trail.ListAsync(AuditFilter.All, null, 10, Cancel)).Items;
        Assert.Equal([AuditAction.LogRestore, AuditAction.UsersExport], entries.Select(entry => entry.Action));
        Assert.Equal((AuditActor.CommandLine, new AuditTarget(Path.GetFileName(made.Folder))), (entries[0].Actor, entries[0].Target));
        Assert.Equal(entries[1], Assert.Single((await trail.ListAsync(new AuditFilter(Target: "u-9"), null, 10, Cancel)).Items));
    }

    [Fact]
    public async Task The_command_writes_to_the_audit_trail_whether_a_backup_was_made()
    {
        await _world.FillAsync();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["Storage:DataDirectory"] = _world.Data;
        builder.AddIngestCommands(TextWriter.Null);
        using var host = builder.Build();
        var run = host.Services.GetRequiredService<BackupRun>();

        await run.RunAsync(_world.Backups, null, Cancel);
        await Assert.ThrowsAsync<BackupException>(() => run.RunAsync(Path.Combine(_world.Data, "backups"), null, Cancel));

        var page = await host.Services.GetRequiredService<IAuditTrail>().ListAsync(new AuditFilter(Action: AuditAction.LogBackup), null, 10, Cancel);
        Assert.Equal([500, 200], page.Items.Select(entry => entry.Outcome));
        Assert.Equal(Path.GetFileName(Assert.Single(Directory.GetDirectories(_world.Backups, "log-*"))), page.Items[1].Target?.Id);
    }

    [Fact]
    public async Task A_directory_that_another_program_has_open_is_refused()
    {
        await _world.FillAsync();
        await _world.BackUpAsync();
        using var product = Program();
        Assert.NotNull(product);

        var error = await Assert.ThrowsAnyAsync<StoreStartupException>(() => _world.RestoreAsync(_world.Data, replace: true));

        Assert.Contains("another process has open", error.Message, StringComparison.Ordinal);
        Assert.Equal(20, await CountAsync(_world.Data));
    }

    private FileStream Program() => new(
        Path.Combine(_world.Data, ".owner"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    private static async Task<long> CountAsync(string data)
    {
        using var host = BackupWorld.OpenLog(data);
        return (await host.Services.GetRequiredService<IInteractionLog>().StatisticsAsync(Cancel)).Total;
    }

    private string Damage(string folder, string how)
    {
        var log = Path.Combine(folder, "log.db");
        var manifest = Path.Combine(folder, "manifest.json");
        switch (how)
        {
            case "a byte":
                var bytes = File.ReadAllBytes(log);
                bytes[^100] ^= 1;
                File.WriteAllBytes(log, bytes);
                break;
            case "shorter":
                using (var file = File.OpenWrite(log))
                {
                    file.SetLength(file.Length - 4096);
                }

                break;
            case "no log":
                File.Delete(log);
                break;
            case "no manifest":
                File.Delete(manifest);
                break;
            case "manifest of something":
                File.WriteAllText(manifest, """{"format":1}""");
                break;
            case "no JSON":
                File.WriteAllText(manifest, "{");
                break;
            case "newer manifest":
                ChangeManifest(folder, json => json["format"] = 2);
                break;
            case "newer tables":
                ChangeManifest(folder, json => json["schema"] = 99);
                break;
            case "another count":
                ChangeManifest(folder, json => Part(json)["count"] = 2);
                break;
            case "another digest":
                ChangeManifest(folder, json => Part(json)["digest"] = new string('0', 64));
                break;
            case "another log":
                ChangeManifest(folder, json => json["logId"] = "another");
                break;
            case "missing":
                return _world.Elsewhere("no such folder");
            default:
                return Directory.CreateDirectory(_world.Elsewhere("empty")).FullName;
        }

        return folder;

        static JsonNode Part(JsonNode manifest) => manifest["parts"]!.AsArray().Single(part => part!["name"]!.GetValue<string>() == "campaigns")!;
    }

    private static void ChangeManifest(string folder, Action<JsonNode> change)
    {
        var path = Path.Combine(folder, "manifest.json");
        var manifest = JsonNode.Parse(File.ReadAllText(path))!;
        change(manifest);
        File.WriteAllText(path, manifest.ToJsonString());
    }
}
