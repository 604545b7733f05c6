# What an author sees in Neovim. Each case is a function; a new one is one more in the list.
CASES=(
  completes_a_link_by_its_title_and_writes_it
  offers_pages_as_soon_as_a_destination_is_open
  offers_the_whole_link_behind_a_bracket
  shows_a_preview_of_the_selected_page
  shows_the_page_behind_a_link
  goes_to_the_heading_and_back
  underlines_a_broken_link_until_it_is_mended
  completes_again_after_the_server_was_killed
  opens_the_studies_with_a_hint
  shows_everything_on_the_tour
)

# edit PAGE: opens it in an author's Neovim, and waits for the server.
edit() {
  face_open "$WORK" 110 24 "$NVIM" --clean -n -i NONE -u "$here/init.lua" "$1"
  see "$1 .*ready"
}

completes_a_link_by_its_title_and_writes_it() {
  studies
  edit index.md
  type_text 'GoAnd [Vault](hashi'
  see 'databases/vault\.md +HashiCorp Vault'
  press C-n
  see 'And \[Vault\]\(databases/vault\.md'
  press C-y
  type_text ').'
  press Escape
  type_text ':w'
  press Enter
  on_disk '^And \[Vault\]\(databases/vault\.md\)\.$' index.md
}

offers_pages_as_soon_as_a_destination_is_open() {
  studies
  edit index.md
  type_text 'Go[]('
  see 'databases/vault\.md +HashiCorp Vault'
  see 'streaming/kafka\.md +Apache Kafka'
}

offers_the_whole_link_behind_a_bracket() {
  studies
  edit index.md
  type_text 'Go[Hashi'
  see 'HashiCorp Vault +databases/vault\.md'
  press C-n C-y Escape
  type_text ':w'
  press Enter
  on_disk '^\[HashiCorp Vault\]\(databases/vault\.md\)$' index.md
}

shows_a_preview_of_the_selected_page() {
  studies
  edit index.md
  type_text 'Go[](vau'
  see 'databases/vault\.md +HashiCorp Vault'
  press C-n
  see 'Secrets, and who'
}

shows_the_page_behind_a_link() {
  studies
  edit index.md
  type_text '3GfkK'
  see 'A log that scales'
  see 'The log$|- The log'
}

goes_to_the_heading_and_back() {
  studies
  edit index.md
  type_text '3G$F#'
  press 'C-]'
  see 'kafka\.md +9,1'
  press C-o
  see 'index\.md +3,'
}

underlines_a_broken_link_until_it_is_mended() {
  studies
  edit index.md
  type_text 'Go[x](databases/vaul.md)'
  see 'no file `databases/vaul\.md`; did you mean `databases/vault\.md`'
  press Escape
  type_text 'Flat'
  see_not 'no file'
}

completes_again_after_the_server_was_killed() {
  local neovim server
  studies
  edit index.md
  # The face of Neovim runs its core, and that the server.
  neovim=$(pgrep -P "$(face_tmux display-message -p '#{pane_pid}')")
  server=$(pgrep -P "$neovim" -x casebook)
  kill -KILL "$server"
  see 'quit with exit code'
  press Enter
  see ' ready'
  type_text 'Go[](vau'
  see 'databases/vault\.md +HashiCorp Vault'
}

opens_the_studies_with_a_hint() {
  face_open "$TOP/fixtures/casebook" 120 30 "$NVIM" --clean -n -i NONE -u "$TOP/editors/nvim/try.lua" index.md
  see 'Case Studies'
  see 'Ctrl-N picks'
  type_text '3G'
  see 'index\.md .* 3,'
  see 'casebook: [0-9]+ pages'
}

shows_everything_on_the_tour() {
  "$TOP/editors/nvim/tour" "$NVIM" "$TOP/fixtures/casebook" >"$ARTEFACTS/nvim/tour.txt" ||
    { cat "$ARTEFACTS/nvim/tour.txt"; return 1; }
}
