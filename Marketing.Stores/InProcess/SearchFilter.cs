namespace Marketing.Stores.InProcess;

/// <summary>Which entries count, by the store's numbers; <see cref="IdTable.None"/> stands for no filter.</summary>
internal readonly record struct SearchFilter(int ExcludedUser, int Campaign)
{
    public static readonly SearchFilter None = new(IdTable.None, IdTable.None);

    public bool Admits(EntryChunk chunk, int index) =>
        (ExcludedUser == IdTable.None || chunk.Users[index] != ExcludedUser)
        && (Campaign == IdTable.None || chunk.Campaigns[index] == Campaign);
}
