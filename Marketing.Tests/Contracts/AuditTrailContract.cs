using Marketing.Domain;
using Marketing.Domain.Ports;
using static Marketing.Tests.Contracts.Sample;

namespace Marketing.Tests.Contracts;

/// <summary>The contract of every <see cref="IAuditTrail"/>.</summary>
public abstract class AuditTrailContract
{
    private static readonly AuditActor Shop = new("key-1", "shop");
    private static readonly AuditActor Olga = new("key-2", "Ólga");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract Task<ILogStores> OpenAsync();

    [Fact]
    public async Task An_entry_is_read_back_as_it_was_written()
    {
        await using var stores = await OpenAsync();
        var full = Entry(0) with { Address = "2001:db8::1", Target = new AuditTarget("winter 🙂"), Outcome = 403, Count = 17 };
        var bare = Entry(1, AuditAction.JobsRun, AuditActor.CommandLine) with { Address = null, Target = null };
        await stores.Audit.AppendAsync([full, bare], Cancel);
        await stores.Audit.AppendAsync([], Cancel);
        await stores.ReopenAsync();
        Assert.Equal([bare, full], (await stores.Audit.ListAsync(AuditFilter.All, null, 10, Cancel)).Items);
    }

    [Fact]
    public async Task An_entry_that_is_written_again_is_kept_once_as_it_was()
    {
        await using var stores = await OpenAsync();
        var entry = Entry(0);
        await stores.Audit.AppendAsync([entry], Cancel);
        await stores.Audit.AppendAsync([Entry(1), entry], Cancel);
        Assert.Equal([AuditAction.UsersErase, AuditAction.UsersErase], (await AllAsync(stores, AuditFilter.All)).Select(one => one.Action));
    }

    [Fact]
    public async Task Entries_are_paged_newest_first_even_within_a_millisecond()
    {
        await using var stores = await OpenAsync();
        var entries = Enumerable.Range(0, 23).Select(n => Entry(n / 5)).ToList();
        await stores.Audit.AppendAsync([.. entries.Take(11)], Cancel);
        await stores.Audit.AppendAsync([.. entries.Skip(11)], Cancel);
        Assert.Equal(entries.OrderByDescending(one => one.Id, StringComparer.Ordinal), await AllAsync(stores, AuditFilter.All));
        foreach (var cursor in new[] { "not a cursor", "", new string('x', 32) })
        {
            await Assert.ThrowsAsync<FormatException>(() => stores.Audit.ListAsync(AuditFilter.All, cursor, 5, Cancel));
        }
    }

    [Theory]
    [InlineData(AuditAction.UsersExport, null, null, null, "1")]
    [InlineData(null, "key-1", null, null, "0 1")]
    [InlineData(null, "Ólga", null, null, "2 3")]
    [InlineData(null, null, "nora", null, "0 1 3")]
    [InlineData(null, null, "winter", null, "2")]
    [InlineData(null, null, "Nora", null, "")]
    [InlineData(null, null, null, 2, "2 3 4")]
    [InlineData(AuditAction.UsersErase, "shop", "nora", 0, "0")]
    [InlineData(null, null, null, null, "0 1 2 3 4")]
    public async Task Entries_are_found_by_action_actor_target_and_time(string? action, string? actor, string? target, int? since, string expected)
    {
        await using var stores = await OpenAsync();
        await stores.Audit.AppendAsync(
            [
                Entry(0, AuditAction.UsersErase) with { Target = User("nora") },
                Entry(1, AuditAction.UsersExport) with { Target = User("nora") },
                Entry(2, AuditAction.CampaignsPut, Olga) with { Target = new AuditTarget("winter") },
                Entry(3, AuditAction.CampaignsDelete, Olga) with { Target = new AuditTarget("nora") },
                Entry(4, AuditAction.JobsRun, AuditActor.Anonymous),
            ],
            Cancel);
        var found = await AllAsync(stores, new AuditFilter(action, actor, target, since is { } from ? Noon.AddMinutes(from) : null));
        Assert.Equal(expected, string.Join(' ', found.Select(one => (one.At - Noon).TotalMinutes).Reverse()));
    }

    [Fact]
    public async Task A_target_that_may_be_a_person_is_kept_as_a_hash_that_finds_it_again()
    {
        await using var stores = await OpenAsync();
        await stores.Audit.AppendAsync([Entry(0) with { Target = User("nora@example.com") }], Cancel);
        await stores.Audit.AppendAsync([Entry(1) with { Target = User("nora@example.com") }, Entry(2) with { Target = User("other") }], Cancel);
        await stores.PersonalData.EraseAsync(new UserId("nora@example.com"), Cancel);
        await stores.ReopenAsync();

        var found = await AllAsync(stores, new AuditFilter(Target: "nora@example.com"));
        var hash = Assert.Single(found.Select(one => one.Target!.Value.Id).Distinct());
        Assert.Equal(2, found.Count);
        Assert.DoesNotContain("nora", hash, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(found, await AllAsync(stores, new AuditFilter(Target: hash)));
    }

    [Fact]
    public async Task The_hash_is_all_that_is_kept_of_a_person()
    {
        await using var stores = await OpenAsync();
        await stores.Audit.AppendAsync([Entry(0) with { Target = User("secret-person") }, Entry(1) with { Target = new AuditTarget("open-campaign") }], Cancel);
        var disk = await stores.BytesAsync();
        Traces.None(disk, "secret-person");
        Traces.Some(disk, "open-campaign");
    }

    [Fact]
    public async Task Old_entries_are_removed_and_the_others_stay()
    {
        await using var stores = await OpenAsync();
        await stores.Audit.AppendAsync([.. Enumerable.Range(0, 6).Select(n => Entry(n))], Cancel);
        Assert.Equal(2, await stores.Audit.RemoveAsync(Noon.AddMinutes(2), Cancel));
        Assert.Equal(0, await stores.Audit.RemoveAsync(Noon.AddMinutes(2), Cancel));
        Assert.Equal([2, 3, 4, 5], (await AllAsync(stores, AuditFilter.All)).Select(one => (one.At - Noon).TotalMinutes).Reverse());
    }

    private static AuditTarget User(string id) => AuditTarget.User(new UserId(id));

    private static AuditEntry Entry(int minutes, string action = AuditAction.UsersErase, AuditActor? actor = null)
    {
        var at = Noon.AddMinutes(minutes);
        return new AuditEntry(AuditId.New(at), at, action, actor ?? Shop, "203.0.113.7", Target: null, Outcome: 200);
    }

    private static async Task<List<AuditEntry>> AllAsync(ILogStores stores, AuditFilter filter)
    {
        var all = new List<AuditEntry>();
        string? cursor = null;
        do
        {
            var page = await stores.Audit.ListAsync(filter, cursor, 2, Cancel);
            Assert.InRange(page.Items.Count, 0, 2);
            all.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        return all;
    }
}
