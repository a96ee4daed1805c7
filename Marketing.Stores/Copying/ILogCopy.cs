using Marketing.Stores.Contents;

namespace Marketing.Stores.Copying;

/// <summary>Copies the log and what is stored with it between the embedded form and MongoDB.</summary>
public interface ILogCopy
{
    /// <summary>
    /// Copies until nothing new is found, and compares both. It may be interrupted anywhere and run again; the source may be in use.
    /// </summary>
    /// <param name="toMongo">True copies from the embedded log to MongoDB, false the other way.</param>
    /// <param name="progress">Told about each step.</param>
    /// <param name="cancellationToken">Stops the copy; the next one continues.</param>
    /// <exception cref="StoreStartupException">A store cannot be opened, or the target holds other data.</exception>
    Task<CopyResult> RunAsync(bool toMongo, ICopyProgress progress, CancellationToken cancellationToken);
}

/// <summary>Displays the progress of a copy.</summary>
public interface ICopyProgress
{
    /// <summary>The copy of interactions begins.</summary>
    /// <param name="total">The interactions at the source.</param>
    /// <param name="before">The interactions at the target, from an earlier run.</param>
    void Started(long total, long before);

    /// <summary>Interactions are at the target.</summary>
    /// <param name="done">Their number, including earlier runs.</param>
    void Copied(long done);
}

/// <summary>The result of a copy.</summary>
/// <param name="Interactions">The interactions that this run added to the target.</param>
/// <param name="Erased">The users that this run erased at the target because the source had erased them.</param>
/// <param name="Unnamed">Users whose attributes cannot be moved, because a version before this one stored them without the id.</param>
/// <param name="Passes">How often the source was read for what came meanwhile.</param>
/// <param name="Parts">Both sides, part by part.</param>
/// <param name="Missing">The interactions of the source that the target does not have as they are; 0 when the copy is complete.</param>
public sealed record CopyResult(
    long Interactions, int Erased, int Unnamed, int Passes, IReadOnlyList<ComparedPart> Parts, long Missing)
{
    /// <summary>Whether both sides have the same records.</summary>
    public bool IsEqual => Parts.All(static part => part.IsEqual);
}

/// <summary>One part on both sides.</summary>
/// <param name="Source">The part at the source.</param>
/// <param name="Target">The part at the target.</param>
public sealed record ComparedPart(PartSummary Source, PartSummary Target)
{
    /// <summary>Whether both have the same records.</summary>
    public bool IsEqual => Source == Target;
}
