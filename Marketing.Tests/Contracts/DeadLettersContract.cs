using Marketing.Recommender.Model;
using Marketing.Recommender.Ports;
using static Marketing.Tests.Contracts.Sample;

namespace Marketing.Tests.Contracts;

/// <summary>What every <see cref="IDeadLetters"/> does.</summary>
public abstract class DeadLettersContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract Task<ILogStores> OpenAsync();

    [Fact]
    public async Task A_letter_is_read_back_as_it_was_kept()
    {
        await using var stores = await OpenAsync();
        var full = new DeadLetter("l-1", "kafka", "too long", Noon, new EventId("e"), new UserId("ü"), "raw\0 🙂 " + new string('x', 50_000));
        var bare = new DeadLetter("l-2", "projection:graph", "", Noon.AddSeconds(1), null, null, null);
        await stores.DeadLetters.AddAsync([full, bare], Cancel);
        await stores.ReopenAsync();
        Assert.Equal(full, await stores.DeadLetters.FindAsync("l-1", Cancel));
        Assert.Equal([bare, full], (await stores.DeadLetters.ListAsync(null, 10, Cancel)).Items);
        Assert.Null(await stores.DeadLetters.FindAsync("unknown", Cancel));
    }

    [Fact]
    public async Task A_letter_kept_again_replaces_the_first()
    {
        await using var stores = await OpenAsync();
        await stores.DeadLetters.AddAsync([Letter("l", "first"), Letter("l", "second")], Cancel);
        await stores.DeadLetters.AddAsync([Letter("l", "third")], Cancel);
        Assert.Equal(1, await stores.DeadLetters.CountAsync(Cancel));
        Assert.Equal("third", (await stores.DeadLetters.FindAsync("l", Cancel))!.Error);
    }

    [Fact]
    public async Task Letters_are_paged_newest_first_whatever_times_are_equal()
    {
        await using var stores = await OpenAsync();
        var letters = Enumerable.Range(0, 23).Select(n => Letter($"l-{n:00}", minutes: n % 3)).ToList();
        await stores.DeadLetters.AddAsync(letters, Cancel);
        var read = new List<DeadLetter>();
        string? cursor = null;
        do
        {
            var page = await stores.DeadLetters.ListAsync(cursor, 5, Cancel);
            Assert.InRange(page.Items.Count, 1, 5);
            read.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(letters.OrderByDescending(l => l.FailedAt).ThenByDescending(l => l.Id, StringComparer.Ordinal), read);
        await Assert.ThrowsAsync<FormatException>(() => stores.DeadLetters.ListAsync("not a cursor", 5, Cancel));
    }

    [Fact]
    public async Task A_removed_letter_is_gone()
    {
        await using var stores = await OpenAsync();
        await stores.DeadLetters.AddAsync([Letter("a"), Letter("b")], Cancel);
        Assert.True(await stores.DeadLetters.RemoveAsync("a", Cancel));
        Assert.False(await stores.DeadLetters.RemoveAsync("a", Cancel));
        Assert.Equal(1, await stores.DeadLetters.CountAsync(Cancel));
    }

    [Fact]
    public async Task Erasing_a_user_removes_the_letters_that_concern_them()
    {
        await using var stores = await OpenAsync();
        await stores.DeadLetters.AddAsync(
            [Letter("a", user: "u-1", payload: "payload-to-forget"), Letter("b", user: "u-2", payload: "payload-to-keep"), Letter("c")], Cancel);
        await stores.DeadLetters.EraseAsync(new UserId("u-1"), Cancel);
        Assert.Equal(["b", "c"], (await stores.DeadLetters.ListAsync(null, 5, Cancel)).Items.Select(l => l.Id).Order(StringComparer.Ordinal));
        var disk = await stores.BytesAsync();
        Traces.None(disk, "payload-to-forget");
        Traces.Some(disk, "payload-to-keep");
    }

    private static DeadLetter Letter(string id, string error = "why", int minutes = 0, string? user = null, string? payload = null) =>
        new(id, "file:sample", error, Noon.AddMinutes(minutes), null, user is null ? null : new UserId(user), payload);
}
